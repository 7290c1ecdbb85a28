//! Many places, asked how another one lies to them.

use std::collections::BTreeSet;
use std::ops::Bound::{Included, Unbounded};

use super::path::TraitPath;

/// A set of places.
pub(crate) struct PlaceSet<'a>(BTreeSet<&'a [String]>);

impl<'a> PlaceSet<'a> {
    pub(crate) fn of(places: impl IntoIterator<Item = &'a TraitPath>) -> Self {
        Self(places.into_iter().map(TraitPath::segments).collect())
    }

    /// Whether the place is one of these, or in one.
    pub(crate) fn hold(&self, place: &TraitPath) -> bool {
        let place = place.segments();
        (0..=place.len()).any(|depth| self.0.contains(&place[..depth]))
    }

    /// Whether one of these is the place, or in it.
    pub(crate) fn lie_in(&self, place: &TraitPath) -> bool {
        let place = place.segments();
        let mut from_here = self.0.range::<[String], _>((Included(place), Unbounded));
        from_here.next().is_some_and(|one| one.starts_with(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_place_lies() {
        let places = ["a.b", "a.bc", "x"].map(TraitPath::parse);
        let set = PlaceSet::of(&places);
        for (place, held, holds) in [
            ("a.b", true, true),
            ("a.b.c", true, false),
            ("a", false, true),
            ("a.c", false, false),
            ("", false, true),
            ("x.y.z", true, false),
            ("y", false, false),
        ] {
            let path = TraitPath::parse(place);
            assert_eq!(
                (set.hold(&path), set.lie_in(&path)),
                (held, holds),
                "{place}"
            );
        }
    }
}
