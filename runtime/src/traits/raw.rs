//! The traits as the server sent them, kept to the letter.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::traits::path::TraitPath;

/// A traits document as JSON text.
///
/// What an update does not touch stays as it is to the last digit: members that no schema names,
/// numbers that no `f64` can hold, and the order of the members. `Debug` shows none of it.
#[derive(Clone)]
pub struct RawTraits(Box<RawValue>);

/// The text is no JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnObject;

impl fmt::Display for NotAnObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("traits are a JSON object")
    }
}

impl std::error::Error for NotAnObject {}

impl RawTraits {
    /// Reads a traits document.
    ///
    /// # Errors
    ///
    /// The text is not JSON, or not an object.
    pub fn parse(text: &str) -> Result<Self, NotAnObject> {
        let raw = serde_json::from_str::<&RawValue>(text).map_err(|_| NotAnObject)?;
        Self::try_from(raw)
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The text of the value at `path`, when there is one.
    pub fn get(&self, path: &TraitPath) -> Option<Box<RawValue>> {
        let mut here = self.0.clone();
        for segment in path.segments() {
            here = match items(&here) {
                Some(mut items) => {
                    let position = segment.parse().ok().filter(|at| *at < items.len())?;
                    items.swap_remove(position)
                }
                None => Members::read(&here)?.into_value(segment)?,
            };
        }
        Some(here)
    }

    /// The value at `path`, when there is one.
    pub(crate) fn value(&self, path: &TraitPath) -> Option<serde_json::Value> {
        serde_json::from_str(self.get(path)?.get()).ok()
    }

    /// The same document with `value` at `path`; objects on the way that are absent are made, and
    /// the position behind the last item of an array is a new item.
    ///
    /// # Errors
    ///
    /// What stands on the way has no such place, being neither object nor array or too short: its
    /// path. Nothing of it is overwritten.
    pub fn with(&self, path: &TraitPath, value: Box<RawValue>) -> Result<Self, TraitPath> {
        set(&self.0, path.segments(), value)
            .map(Self)
            .map_err(|depth| TraitPath::new(path.segments()[..depth].iter().cloned()))
    }

    /// The same document without the member at `path`.
    #[must_use]
    pub fn without(&self, path: &TraitPath) -> Self {
        Self(remove(&self.0, path.segments()).unwrap_or_else(|| self.0.clone()))
    }
}

impl TryFrom<&RawValue> for RawTraits {
    type Error = NotAnObject;

    fn try_from(raw: &RawValue) -> Result<Self, NotAnObject> {
        if raw.get().starts_with('{') {
            Ok(Self(raw.to_owned()))
        } else {
            Err(NotAnObject)
        }
    }
}

impl Serialize for RawTraits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl fmt::Debug for RawTraits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawTraits").finish_non_exhaustive()
    }
}

/// The members of one object, in order, each value as text.
pub(crate) struct Members(pub(crate) Vec<(String, Box<RawValue>)>);

impl Members {
    pub(crate) fn read(object: &RawValue) -> Option<Self> {
        serde_json::from_str(object.get()).ok()
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(key, _)| key == name)
    }

    fn into_value(mut self, name: &str) -> Option<Box<RawValue>> {
        let position = self.position(name)?;
        Some(self.0.swap_remove(position).1)
    }

    fn put(&mut self, name: &str, value: Box<RawValue>) {
        match self.position(name) {
            Some(position) => self.0[position].1 = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    pub(crate) fn write(&self) -> Option<Box<RawValue>> {
        serde_json::value::to_raw_value(self).ok()
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Members(Vec::new());
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    if members.position(&name).is_some() {
                        return Err(A::Error::custom("a member stands twice"));
                    }
                    members.0.push((name, value));
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Read)
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The items of an array; `None` for any other value.
pub(crate) fn items(here: &RawValue) -> Option<Vec<Box<RawValue>>> {
    here.get()
        .starts_with('[')
        .then(|| serde_json::from_str(here.get()).ok())?
}

/// Sets a value deep inside; the error is how many segments lead to what is no object.
fn set(here: &RawValue, path: &[String], value: Box<RawValue>) -> Result<Box<RawValue>, usize> {
    let Some((first, rest)) = path.split_first() else {
        return Ok(value);
    };
    if let Some(mut items) = items(here) {
        let position: usize = first.parse().map_err(|_| 0_usize)?;
        if position == items.len() {
            items.push(RawValue::NULL.to_owned());
        }
        let item = items.get_mut(position).ok_or(0_usize)?;
        *item = set(item, rest, value).map_err(|depth| depth + 1)?;
        return serde_json::value::to_raw_value(&items).map_err(|_| 0);
    }
    let mut members = if here.get() == "null" {
        Members(Vec::new())
    } else {
        Members::read(here).ok_or(0_usize)?
    };
    let inner = match members.position(first) {
        Some(position) => set(&members.0[position].1, rest, value),
        None => set(RawValue::NULL, rest, value),
    }
    .map_err(|depth| depth + 1)?;
    members.put(first, inner);
    members.write().ok_or(0)
}

/// Removes a value deep inside; `None` when it is not there.
fn remove(here: &RawValue, path: &[String]) -> Option<Box<RawValue>> {
    let (first, rest) = path.split_first()?;
    let mut members = Members::read(here)?;
    let position = members.position(first)?;
    if rest.is_empty() {
        members.0.remove(position);
    } else {
        members.0[position].1 = remove(&members.0[position].1, rest)?;
    }
    members.write()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        r#"{"z":1.10,"name":{"first":"Ada","n":123456789012345678901234567890},"a":[]}"#;

    fn raw(json: &str) -> Box<RawValue> {
        RawValue::from_string(json.to_owned()).unwrap()
    }

    fn traits() -> RawTraits {
        RawTraits::parse(TEXT).unwrap()
    }

    #[test]
    fn untouched_members_stay_to_the_letter() {
        let changed = traits()
            .with(&TraitPath::parse("name.first"), raw("\"Grace\""))
            .unwrap();
        assert_eq!(changed.as_str(), TEXT.replace("Ada", "Grace"));
    }

    #[test]
    fn absent_objects_are_made() {
        let changed = RawTraits::parse(r#"{"x":null}"#)
            .unwrap()
            .with(&TraitPath::parse("x.y.z"), raw("1"))
            .unwrap();
        assert_eq!(changed.as_str(), r#"{"x":{"y":{"z":1}}}"#);
    }

    #[test]
    fn what_is_no_object_is_not_overwritten() {
        let refused = traits().with(&TraitPath::parse("name.first.x"), raw("1"));
        assert_eq!(refused.unwrap_err(), TraitPath::parse("name.first"));
    }

    #[test]
    fn items_of_arrays() {
        let traits = RawTraits::parse(r#"{"a":[{"b":1},2]}"#).unwrap();
        let with = |path: &str| traits.with(&TraitPath::parse(path), raw("9"));
        assert_eq!(with("a.0.b").unwrap().as_str(), r#"{"a":[{"b":9},2]}"#);
        assert_eq!(with("a.1").unwrap().as_str(), r#"{"a":[{"b":1},9]}"#);
        assert_eq!(with("a.2").unwrap().as_str(), r#"{"a":[{"b":1},2,9]}"#);
        assert_eq!(with("a.3").unwrap_err(), TraitPath::parse("a"));
        assert_eq!(with("a.x").unwrap_err(), TraitPath::parse("a"));
        let item = traits.get(&TraitPath::parse("a.0.b")).unwrap();
        assert_eq!(item.get(), "1");
        assert!(traits.get(&TraitPath::parse("a.2")).is_none());
    }

    #[test]
    fn removing_removes_the_key() {
        let name = traits().without(&TraitPath::parse("name.n"));
        assert_eq!(name.as_str(), r#"{"z":1.10,"name":{"first":"Ada"},"a":[]}"#);
        let same = traits().without(&TraitPath::parse("nothing.here"));
        assert_eq!(same.as_str(), TEXT);
    }

    #[test]
    fn only_objects() {
        assert!(RawTraits::parse("[]").is_err());
        assert!(RawTraits::parse("{").is_err());
        assert!(RawTraits::parse(" {} ").is_ok());
    }

    #[test]
    fn debug_shows_no_value() {
        assert_eq!(format!("{:?}", traits()), "RawTraits { .. }");
    }
}
