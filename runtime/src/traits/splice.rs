//! Splitting JSON text into members and items.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::string::decoded;

/// The maximum depth of recursive walks; the same as in serde_json.
pub(crate) const DEPTH: usize = 128;

/// The members of one object, in order: keys and values as text.
pub(crate) struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'a> Members<'a> {
    /// Reads an object; `None` for any other value.
    pub(crate) fn read(object: &'a RawValue) -> Option<Self> {
        serde_json::from_str(object.get()).ok()
    }

    /// Names and values, with all duplicate members.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Cow<'a, str>, &'a RawValue)> {
        self.0.iter().map(|(key, value)| (name(key.get()), *value))
    }

    /// The text of each key, its name, and the value.
    pub(super) fn with_keys(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>, &'a RawValue)> {
        let members = self.0.iter();
        members.map(|(key, value)| (key.get(), name(key.get()), *value))
    }
}

/// The name in the text of a key.
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
