//! Reading JSON text part by part.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::string::decoded;

/// How deep values are read part by part, as deep as serde_json reads.
pub(crate) const DEPTH: usize = 128;

/// The members of one object, in order: keys and values as text.
pub(crate) struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'a> Members<'a> {
    /// `None` for what is no object.
    pub(crate) fn read(object: &'a RawValue) -> Option<Self> {
        serde_json::from_str(object.get()).ok()
    }

    /// Names and values; a name that stands twice comes twice, and the last one counts, as in Go.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Cow<'a, str>, &'a RawValue)> {
        self.0.iter().map(|(key, value)| (name(key.get()), *value))
    }

    /// The same, with the text of each key before the name.
    pub(super) fn with_keys(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>, &'a RawValue)> {
        let members = self.0.iter();
        members.map(|(key, value)| (key.get(), name(key.get()), *value))
    }

    pub(crate) fn get(&self, wanted: &str) -> Option<&'a RawValue> {
        let mut from_the_last = self.0.iter().rev();
        from_the_last
            .find(|(key, _)| name(key.get()) == wanted)
            .map(|(_, value)| *value)
    }
}

/// The name that a key spells.
pub(super) fn name(text: &str) -> Cow<'_, str> {
    decoded(text)
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Read)
    }
}

/// The items of an array; `None` for any other value.
pub(crate) fn items(here: &RawValue) -> Option<Vec<&RawValue>> {
    here.get()
        .starts_with('[')
        .then(|| serde_json::from_str(here.get()).ok())?
}
