//! The traits as the server sent them, kept to the letter.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
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
        self.find(path).map(ToOwned::to_owned)
    }

    fn find(&self, path: &TraitPath) -> Option<&RawValue> {
        let mut here: &RawValue = &self.0;
        for segment in path.segments() {
            here = match items(here) {
                Some(items) => items.get(segment.parse::<usize>().ok()?)?,
                None => Members::read(here)?.get(segment)?,
            };
        }
        Some(here)
    }

    /// The document itself.
    pub(crate) fn raw(&self) -> &RawValue {
        &self.0
    }

    /// The value at `path`, when there is one.
    pub(crate) fn value(&self, path: &TraitPath) -> Option<serde_json::Value> {
        serde_json::from_str(self.find(path)?.get()).ok()
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

    /// The same document without the value at `path`; the items behind a removed item move up.
    /// Where nothing is there to remove, the same document.
    ///
    /// # Errors
    ///
    /// What stands on the way has no such place, being neither object nor array (nor `null`), or an
    /// array where `path` says no position: its path. So for the root, which cannot be removed.
    pub fn without(&self, path: &TraitPath) -> Result<Self, TraitPath> {
        match remove(&self.0, path.segments()) {
            Ok(changed) => Ok(changed.map_or_else(|| self.clone(), Self)),
            Err(depth) => Err(TraitPath::new(path.segments()[..depth].iter().cloned())),
        }
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

    fn get(&self, wanted: &str) -> Option<&'a RawValue> {
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
fn set(here: &RawValue, path: &[String], value: Box<RawValue>) -> Result<Box<RawValue>, usize> {
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
fn remove(here: &RawValue, path: &[String]) -> Result<Option<Box<RawValue>>, usize> {
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
        let name = traits().without(&TraitPath::parse("name.n")).unwrap();
        assert_eq!(name.as_str(), r#"{"z":1.10,"name":{"first":"Ada"},"a":[]}"#);
        let same = traits().without(&TraitPath::parse("nothing.here")).unwrap();
        assert_eq!(same.as_str(), TEXT);
    }

    #[test]
    fn removing_items_of_arrays() {
        let traits = RawTraits::parse(r#"{"a":[{"b":1,"c":null},2,3]}"#).unwrap();
        let without = |path: &str| {
            let path = TraitPath::parse(path);
            traits.without(&path).map(|left| left.as_str().to_owned())
        };
        assert_eq!(without("a.0.b").unwrap(), r#"{"a":[{"c":null},2,3]}"#);
        assert_eq!(without("a.1").unwrap(), r#"{"a":[{"b":1,"c":null},3]}"#);
        for absent in ["a.3", "a.0.x", "a.0.c.x"] {
            assert_eq!(without(absent).unwrap(), traits.as_str(), "{absent}");
        }
        assert_eq!(without("a.x").unwrap_err(), TraitPath::parse("a"));
        assert_eq!(without("a.1.x").unwrap_err(), TraitPath::parse("a.1"));
        assert_eq!(
            traits.without(&TraitPath::ROOT).unwrap_err(),
            TraitPath::ROOT
        );
    }

    /// As Go reads it.
    #[test]
    fn of_a_member_that_stands_twice_the_last_one_counts() {
        let traits = RawTraits::parse(r#"{"a":1,"b":{"c":2},"\u0061":3,"b":{"d":4}}"#).unwrap();
        let path = TraitPath::parse;
        assert_eq!(traits.get(&path("a")).unwrap().get(), "3");
        assert!(traits.get(&path("b.c")).is_none());
        assert_eq!(
            traits.with(&path("a"), raw("9")).unwrap().as_str(),
            r#"{"b":{"c":2},"\u0061":9,"b":{"d":4}}"#
        );
        assert_eq!(
            traits.with(&path("b.e"), raw("9")).unwrap().as_str(),
            r#"{"a":1,"\u0061":3,"b":{"d":4,"e":9}}"#
        );
        assert_eq!(
            traits.without(&path("a")).unwrap().as_str(),
            r#"{"b":{"c":2},"b":{"d":4}}"#
        );
    }

    /// Quadratic reading took a second here.
    #[test]
    fn many_members_are_read_in_one_go() {
        let members: Vec<String> = (0..50_000).map(|n| format!(r#""m{n}":{n}"#)).collect();
        let traits = RawTraits::parse(&format!("{{{}}}", members.join(","))).unwrap();
        let started = std::time::Instant::now();
        let changed = traits
            .with(&TraitPath::parse("m49999"), raw("-1"))
            .and_then(|changed| changed.without(&TraitPath::parse("m0")))
            .unwrap();
        assert_eq!(
            changed.get(&TraitPath::parse("m49999")).unwrap().get(),
            "-1"
        );
        assert!(changed.get(&TraitPath::parse("m0")).is_none());
        assert!(started.elapsed() < std::time::Duration::from_secs(5));
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
