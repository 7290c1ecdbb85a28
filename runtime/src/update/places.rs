//! The places where two traits documents differ.

use crate::json::path::PathSet;
use crate::json::{Json, Members, json_eq, names};

/// The places where an update changes the stored traits.
#[derive(Debug)]
pub(crate) struct ChangedPlaces {
    /// The values that differ. Of a new object, this is the topmost one that was absent or `{}`.
    values: PathSet,
    /// The values that differ because they are added or removed.
    #[cfg_attr(
        not(feature = "client"),
        expect(dead_code, reason = "for the answers of Kratos")
    )]
    added_or_removed: Vec<Vec<String>>,
    /// The arrays of which an item differs.
    arrays: PathSet,
}

impl ChangedPlaces {
    pub(crate) fn of(before: &Json<'_>, after: &Json<'_>) -> Self {
        let mut comparing = Comparing::default();
        comparing.compare(Some(before), Some(after));
        Self {
            values: PathSet::of(comparing.values),
            added_or_removed: comparing.added_or_removed,
            arrays: PathSet::of(comparing.arrays),
        }
    }

    /// Whether the path is at or in a changed place. The rules of an array concern all its items, so an array is at a changed place
    /// if one of its items is.
    pub(crate) fn contains(&self, path: &[String]) -> bool {
        self.values.covers(path) || self.arrays.contains(path)
    }

    /// The names of the members of an object that the update adds to it or removes from it.
    #[cfg(feature = "client")]
    pub(crate) fn added_or_removed_in(&self, object: &[String]) -> impl Iterator<Item = &str> {
        let places = self.added_or_removed.iter();
        places.filter_map(move |place| match place.split_last() {
            Some((name, holder)) if holder == object => Some(name.as_str()),
            _ => None,
        })
    }
}

#[derive(Default)]
struct Comparing {
    path: Vec<String>,
    values: Vec<Vec<String>>,
    added_or_removed: Vec<Vec<String>>,
    arrays: Vec<Vec<String>>,
}

impl Comparing {
    /// Adds the places in which the values differ; returns whether there are any.
    fn compare(&mut self, before: Option<&Json<'_>>, after: Option<&Json<'_>>) -> bool {
        let was_empty = before
            .and_then(Json::members)
            .is_some_and(Members::is_empty);
        let items = |one: Option<&Json<'_>>| one.and_then(Json::items).map(<[Json<'_>]>::len);
        if let Some(names) = names(before, after).filter(|_| !was_empty) {
            let mut differs = false;
            for name in names {
                differs |= self.within(name, before, after);
            }
            return differs;
        }
        if let (Some(old), Some(new)) = (items(before), items(after)) {
            let mut differs = false;
            for position in 0..old.max(new) {
                differs |= self.within(&position.to_string(), before, after);
            }
            if differs {
                self.arrays.push(self.path.clone());
            }
            return differs;
        }
        if json_eq(before, after) {
            return false;
        }
        self.values.push(self.path.clone());
        if before.is_some() != after.is_some() {
            self.added_or_removed.push(self.path.clone());
        }
        true
    }

    /// Compares a member or item of both values.
    fn within(&mut self, name: &str, before: Option<&Json<'_>>, after: Option<&Json<'_>>) -> bool {
        let step = [name.to_owned()];
        let [before, after] = [before, after].map(|one| one.and_then(|one| one.at(&step)));
        self.path.extend(step);
        let differs = self.compare(before, after);
        self.path.pop();
        differs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::path::TraitPath;
    use crate::traits::raw::RawTraits;

    #[test]
    fn places_that_differ() {
        for (before, after, changed, unchanged) in [
            (r#"{"a":1,"b":2}"#, r#"{"b":2.0,"a":3}"#, "a a.x", "b _"),
            ("{}", r#"{"a":1}"#, "_ a b", ""),
            (
                r#"{"c":1}"#,
                r#"{"c":1,"a":{"b":{"c":1}}}"#,
                "a a.b a.x",
                "c _",
            ),
            (
                r#"{"c":1,"a":{}}"#,
                r#"{"c":1,"a":{"b":1}}"#,
                "a a.b a.x",
                "c _",
            ),
            (
                r#"{"c":1,"a":{"x":1}}"#,
                r#"{"c":1,"a":{"x":1,"b":{"d":1}}}"#,
                "a.b a.b.x",
                "a a.x",
            ),
            (r#"{"c":1,"a":{"x":1}}"#, r#"{"c":1}"#, "a a.x", "c _"),
            (r#"{"a":[1,2]}"#, r#"{"a":[1,3]}"#, "a a.1", "a.0 _"),
            (
                r#"{"a":[1,2]}"#,
                r#"{"a":[1,2,{"b":1}]}"#,
                "a a.2 a.2.b",
                "a.0 a.1 _",
            ),
            (
                r#"{"a":[{"b":1,"c":1}]}"#,
                r#"{"a":[{"b":2,"c":1}]}"#,
                "a a.0.b",
                "a.0 a.0.c _",
            ),
            (
                r#"{"a":null,"b":1}"#,
                r#"{"a":{"x":1},"b":1}"#,
                "a a.x a.y",
                "b _",
            ),
        ] {
            let [before, after] = [before, after].map(|text| RawTraits::parse(text).unwrap());
            let places = ChangedPlaces::of(&before.json(), &after.json());
            let contains = |path: &str| {
                let path = TraitPath::parse(if path == "_" { "" } else { path });
                places.contains(path.segments())
            };
            for path in changed.split_whitespace() {
                assert!(contains(path), "{path}: {places:?}");
            }
            for path in unchanged.split_whitespace() {
                assert!(!contains(path), "{path}: {places:?}");
            }
        }
    }

    #[cfg(feature = "client")]
    #[test]
    fn members_that_are_added_or_removed() {
        let [before, after] = [
            r#"{"a":{"x":1,"y":1,"z":1}}"#,
            r#"{"a":{"x":2,"z":1,"w":1}}"#,
        ]
        .map(|text| RawTraits::parse(text).unwrap());
        let places = ChangedPlaces::of(&before.json(), &after.json());
        let names: Vec<_> = places.added_or_removed_in(&["a".to_owned()]).collect();
        assert_eq!(names, ["w", "y"]);
        assert_eq!(places.added_or_removed_in(&[]).count(), 0);
    }
}
