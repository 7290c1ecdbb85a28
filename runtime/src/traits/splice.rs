//! Reading JSON text part by part, and writing it anew with one part changed: the rest stays text.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of one object, in order: keys and values as text.
pub(crate) struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'a> Members<'a> {
    /// `None` for what is no object.
    pub(crate) fn read(object: &'a RawValue) -> Option<Self> {
        serde_json::from_str(object.get()).ok()
    }

    /// Names and values; a name that stands twice comes twice, and the last one counts, as in Go.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Cow<'a, str>, &'a RawValue)> {
        self.0.iter().map(|(key, value)| (name(key), *value))
    }

    pub(crate) fn get(&self, wanted: &str) -> Option<&'a RawValue> {
        let mut from_the_last = self.0.iter().rev();
        from_the_last
            .find(|(key, _)| name(key) == wanted)
            .map(|(_, value)| *value)
    }

    /// The text of the object with another value under one name; without it for no value.
    fn write(&self, changed: &str, value: Option<&RawValue>) -> Option<Box<RawValue>> {
        let last = self.0.iter().rposition(|(key, _)| name(key) == changed);
        let mut out = String::from("{");
        let mut put = |key: &str, value: &RawValue| {
            if out.len() > 1 {
                out.push(',');
            }
            out.push_str(key);
            out.push(':');
            out.push_str(value.get());
        };
        for (position, (key, old)) in self.0.iter().enumerate() {
            if Some(position) == last {
                if let Some(value) = value {
                    put(key.get(), value);
                }
            } else if name(key) != changed {
                put(key.get(), old);
            }
        }
        if let (None, Some(value)) = (last, value) {
            put(&serde_json::to_string(changed).ok()?, value);
        }
        out.push('}');
        RawValue::from_string(out).ok()
    }
}

/// The name that a key spells.
fn name(key: &RawValue) -> Cow<'_, str> {
    let text = key.get();
    match text.get(1..text.len().saturating_sub(1)) {
        Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
        // Half a surrogate pair is no name that a schema could know.
        _ => Cow::Owned(serde_json::from_str(text).unwrap_or_else(|_| text.to_owned())),
    }
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

/// The text of an array with another item at a position, behind the last too; without it for none.
fn write_items<'a>(
    mut items: Vec<&'a RawValue>,
    position: usize,
    item: Option<&'a RawValue>,
) -> Option<Box<RawValue>> {
    match item {
        Some(item) if position == items.len() => items.push(item),
        Some(item) => *items.get_mut(position)? = item,
        None => drop(items.remove(position)),
    }
    serde_json::value::to_raw_value(&items).ok()
}

/// Sets a value deep inside; the error is how many segments lead to what has no such place.
pub(super) fn set(
    here: &RawValue,
    path: &[String],
    value: Box<RawValue>,
) -> Result<Box<RawValue>, usize> {
    let Some((first, rest)) = path.split_first() else {
        return Ok(value);
    };
    if let Some(items) = items(here) {
        let position: usize = first.parse().map_err(|_| 0_usize)?;
        let old = match items.get(position) {
            Some(item) => item,
            None if position == items.len() => RawValue::NULL,
            None => return Err(0),
        };
        let item = set(old, rest, value).map_err(|depth| depth + 1)?;
        return write_items(items, position, Some(&item)).ok_or(0);
    }
    let members = if here.get() == "null" {
        Members(Vec::new())
    } else {
        Members::read(here).ok_or(0_usize)?
    };
    let old = members.get(first).unwrap_or(RawValue::NULL);
    let inner = set(old, rest, value).map_err(|depth| depth + 1)?;
    members.write(first, Some(&inner)).ok_or(0)
}

/// Removes a value deep inside; `None` when it is not there; the error as that of [`set`].
pub(super) fn remove(here: &RawValue, path: &[String]) -> Result<Option<Box<RawValue>>, usize> {
    let Some((first, rest)) = path.split_first() else {
        return Err(0);
    };
    // What stays of the value under `first`; nothing when that value itself goes.
    let inner = |old: &RawValue| match rest {
        [] => Ok(Some(None)),
        _ => remove(old, rest)
            .map(|left| left.map(Some))
            .map_err(|depth| depth + 1),
    };
    if let Some(items) = items(here) {
        let position: usize = first.parse().map_err(|_| 0_usize)?;
        let Some(old) = items.get(position) else {
            return Ok(None);
        };
        return match inner(old)? {
            Some(left) => write_items(items, position, left.as_deref())
                .map(Some)
                .ok_or(0),
            None => Ok(None),
        };
    }
    if here.get() == "null" {
        return Ok(None);
    }
    let members = Members::read(here).ok_or(0_usize)?;
    let Some(old) = members.get(first) else {
        return Ok(None);
    };
    match inner(old)? {
        Some(left) => members.write(first, left.as_deref()).map(Some).ok_or(0),
        None => Ok(None),
    }
}
