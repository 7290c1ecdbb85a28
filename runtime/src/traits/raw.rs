//! The traits as the server sent them.

use std::fmt;

use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json::Json;
use crate::json::path::TraitPath;

/// A traits document as JSON text.
///
/// An update keeps the text of everything that it does not change: members that no schema names, numbers that an `f64`
/// cannot hold, and the order of the members. `Debug` shows no values.
#[derive(Clone)]
pub struct RawTraits(Box<RawValue>);

/// The text is not a JSON object.
///
/// If it is not JSON, the source is the syntax error with line and column. It does not quote the text.
#[derive(Debug)]
pub struct NotAnObject {
    syntax: Option<serde_json::Error>,
}

impl fmt::Display for NotAnObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("traits must be a JSON object")
    }
}

impl std::error::Error for NotAnObject {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.syntax.as_ref()?)
    }
}

impl RawTraits {
    /// Reads a traits document.
    ///
    /// ```
    /// use kratos_traits::RawTraits;
    ///
    /// assert!(RawTraits::parse(r#"{"email":"ada@example.org"}"#).is_ok());
    /// assert!(RawTraits::parse("[]").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not JSON, or not an object.
    pub fn parse(text: &str) -> Result<Self, NotAnObject> {
        let raw = serde_json::from_str::<&RawValue>(text).map_err(|syntax| NotAnObject {
            syntax: Some(syntax),
        })?;
        Self::try_from(raw)
    }

    /// The JSON text.
    ///
    /// ```
    /// use kratos_traits::RawTraits;
    ///
    /// let traits = RawTraits::parse(r#"{ "score": 1.50 }"#)?;
    /// assert_eq!(traits.as_str(), r#"{ "score": 1.50 }"#);
    /// # Ok::<(), kratos_traits::NotAnObject>(())
    /// ```
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The text of the value at `path`, if there is one. It is not found if it is more than 128 levels deep.
    ///
    /// ```
    /// use kratos_traits::{RawTraits, TraitPath};
    ///
    /// let traits = RawTraits::parse(r#"{"tags":["a","b"]}"#)?;
    /// let tag = traits.get(&TraitPath::parse("tags.1"));
    /// assert_eq!(tag.unwrap().get(), r#""b""#);
    /// # Ok::<(), kratos_traits::NotAnObject>(())
    /// ```
    pub fn get(&self, path: &TraitPath) -> Option<Box<RawValue>> {
        self.json().at(path.segments()).map(Json::to_raw)
    }

    /// The document itself.
    #[cfg(feature = "client")]
    pub(crate) fn raw(&self) -> &RawValue {
        &self.0
    }

    /// Reads the document.
    pub(crate) fn json(&self) -> Json<'_> {
        Json::read(&self.0)
    }

    /// The document with this content, which is an object; values without edits keep their text.
    pub(crate) fn of(json: &Json<'_>) -> Self {
        Self(json.to_raw())
    }

    /// The document with `value` at `path`. Absent objects on the way are created, and the position after the last item of
    /// an array adds an item.
    ///
    /// ```
    /// use kratos_traits::{RawTraits, TraitPath};
    ///
    /// let traits = RawTraits::parse("{}")?;
    /// let first = serde_json::from_str(r#""Ada""#)?;
    /// let traits = traits.with(&TraitPath::parse("name.first"), first).unwrap();
    /// assert_eq!(traits.as_str(), r#"{"name":{"first":"Ada"}}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The path of a stored value in which `path` cannot be set; it is not overwritten. It is neither object nor array, the
    /// array is too short, or it is 128 levels deep.
    pub fn with(&self, path: &TraitPath, value: Box<RawValue>) -> Result<Self, TraitPath> {
        let mut json = self.json();
        let set = json.set(path.segments(), Json::read(&value));
        set.map_err(|depth| path.above(depth))?;
        Ok(Self::of(&json))
    }

    /// The document without the value at `path`; the items after a removed item move up. If there is no such value, the
    /// document stays the same.
    ///
    /// ```
    /// use kratos_traits::{RawTraits, TraitPath};
    ///
    /// let traits = RawTraits::parse(r#"{"a":1,"b":2}"#)?;
    /// assert_eq!(traits.without(&TraitPath::parse("a")).unwrap().as_str(), r#"{"b":2}"#);
    /// # Ok::<(), kratos_traits::NotAnObject>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The path of a stored value in which `path` cannot exist: it is neither object, array nor `null`, or it is an array and
    /// `path` has no position there. For the root, which cannot be removed, the empty path.
    pub fn without(&self, path: &TraitPath) -> Result<Self, TraitPath> {
        let mut json = self.json();
        let removed = json.remove(path.segments());
        removed.map_err(|depth| path.above(depth))?;
        Ok(Self::of(&json))
    }
}

impl TryFrom<&RawValue> for RawTraits {
    type Error = NotAnObject;

    fn try_from(raw: &RawValue) -> Result<Self, NotAnObject> {
        if raw.get().starts_with('{') {
            Ok(Self(raw.to_owned()))
        } else {
            Err(NotAnObject { syntax: None })
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

#[cfg(test)]
mod tests {
    use std::error::Error as _;

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
    fn scalars_are_not_overwritten() {
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

    /// Duplicate members, as Go reads them.
    #[test]
    fn the_last_of_duplicate_members_is_used() {
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

    /// Eight times the members take about eight times as long; with quadratic reading it would be 64 times.
    #[test]
    fn many_members_are_read_in_one_go() {
        let fastest = |count: usize| {
            let members: Vec<String> = (0..count).map(|n| format!(r#""m{n}":{n}"#)).collect();
            let traits = RawTraits::parse(&format!("{{{}}}", members.join(","))).unwrap();
            let last = TraitPath::new([format!("m{}", count - 1)]);
            let change = || {
                let started = std::time::Instant::now();
                let changed = traits
                    .with(&last, raw("-1"))
                    .and_then(|changed| changed.without(&TraitPath::parse("m0")))
                    .unwrap();
                let elapsed = started.elapsed();
                assert_eq!(changed.get(&last).unwrap().get(), "-1");
                assert!(changed.get(&TraitPath::parse("m0")).is_none());
                elapsed
            };
            std::iter::repeat_with(change).take(5).min().unwrap()
        };
        assert!(fastest(40_000) < 32 * fastest(5_000));
    }

    #[test]
    fn only_objects() {
        let reason = |text| {
            RawTraits::parse(text)
                .unwrap_err()
                .source()
                .map(ToString::to_string)
        };
        assert_eq!(reason("[]"), None);
        assert_eq!(
            reason(r#"{"email":ada}"#).unwrap(),
            "expected value at line 1 column 10"
        );
        assert!(RawTraits::parse(" {} ").is_ok());
    }

    #[test]
    fn debug_shows_no_value() {
        assert_eq!(format!("{:?}", traits()), "RawTraits { .. }");
    }
}
