//! Random documents and patches: values that no patch changes keep their stored text.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{prop_assert, prop_assert_eq};
use serde_json::Value;
use serde_json::value::RawValue;

use super::difference::differing;
use super::large_tests::Anything;
use super::patch::{Action, Patch};
use crate::json::path::TraitPath;
use crate::json::random_tests::{Json, any_json, any_object, any_path, each};
use crate::traits::marker::Privileged;
use crate::traits::raw::RawTraits;

/// As a typed writer writes it: numbers with the precision of an `f64`, members in another order and without duplicates.
fn retyped(json: &Json) -> Box<RawValue> {
    serde_json::value::to_raw_value(&value(&json.text())).unwrap()
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn document(json: &Json) -> RawTraits {
    RawTraits::parse(&json.text()).unwrap()
}

/// Whether one of the paths is inside the other.
fn touch(a: &TraitPath, b: &TraitPath) -> bool {
    let mut pairs = a.segments().iter().zip(b.segments());
    pairs.all(|(a, b)| a == b)
}

fn stay(before: &Json, after: &RawTraits, changed: &[TraitPath]) -> Result<(), String> {
    let found = before.leaves();
    let places = found.into_iter().map(TraitPath::new);
    for place in places.filter(|place| !changed.iter().any(|one| touch(one, place))) {
        let stored = before.get(place.segments()).unwrap().text();
        let left = after.get(&place);
        if left.as_ref().map(|left| left.get()) != Some(&stored) {
            return Err(format!("{place}: {stored} became {left:?}"));
        }
    }
    Ok(())
}

#[test]
fn unchanged_values_keep_their_text() {
    each(
        &(any_object(), any_path(), any_json()),
        |(stored, path, new)| {
            let mut same = Patch::<Anything, Privileged>::privileged();
            same.push(TraitPath::ROOT, Action::Replace(retyped(&stored)));
            let before = document(&stored);
            let before = before.json();
            let after = same.apply(&before).unwrap();
            prop_assert_eq!(after.text(), stored.text());

            let Ok(wanted) = stored.clone().set(&path, new) else {
                return Ok(());
            };
            let mut patch = Patch::<Anything, Privileged>::privileged();
            patch.push(TraitPath::ROOT, Action::Replace(retyped(&wanted)));
            let after = RawTraits::of(&patch.apply(&before).unwrap());
            prop_assert_eq!(stay(&stored, &after, &[TraitPath::new(path)]), Ok(()));
            let of_new = RawTraits::parse(&retyped(&wanted).to_string());
            let of_after = RawTraits::parse(&value(after.as_str()).to_string());
            if let (Ok(of_new), Ok(of_after)) = (of_new, of_after) {
                prop_assert!(differing::<Anything>(&of_new, &of_after).is_empty());
            }
            Ok(())
        },
    );
}

#[test]
fn a_merge_keeps_the_values_outside_the_patch() {
    let changes = vec((any_path(), option::of(any_json())), 0..4);
    let theirs = vec((any_path(), any_json()), 0..4);
    each(
        &(any_object(), changes, theirs),
        |(base, changes, theirs)| {
            let mut patch = Patch::<Anything, Privileged>::privileged();
            for (path, value) in changes.into_iter().filter(|(path, _)| !path.is_empty()) {
                let path = TraitPath::new(path);
                // The derive does not allow two fields to change the same trait.
                if !patch.paths().any(|one| touch(one, &path)) {
                    let action = value.map_or(Action::Remove, |value| Action::Set(value.raw()));
                    patch.push(path, action);
                }
            }
            let stored = document(&base);
            let before = stored.json();
            let Ok(wanted) = patch.apply(&before) else {
                return Ok(());
            };
            let wanted = RawTraits::of(&wanted);
            let mut changed = patch.units(&before);
            changed.extend(patch.paths().cloned());
            prop_assert_eq!(stay(&base, &wanted, &changed), Ok(()));

            // Nobody else has changed anything.
            let alone = patch.merge(&before, &before).ok().unwrap();
            prop_assert!(alone.conflicts.is_empty());
            let merged = RawTraits::of(&alone.patch.apply(&before).unwrap());
            prop_assert!(differing::<Anything>(&wanted, &merged).is_empty());

            let mut other = base;
            for (path, value) in theirs.into_iter().filter(|(path, _)| !path.is_empty()) {
                other = other.clone().set(&path, value).unwrap_or(other);
            }
            let current = document(&other);
            let current = current.json();
            let merged = patch.merge(&before, &current).ok().unwrap();
            if let Ok(after) = merged.overwriting().apply(&current) {
                prop_assert_eq!(stay(&other, &RawTraits::of(&after), &changed), Ok(()));
            }
            if let Ok(after) = merged.patch.apply(&current) {
                let after = RawTraits::of(&after);
                // Also inside the values that the patch changes: equal values keep their text.
                let text =
                    |of: &RawTraits, place: &TraitPath| of.get(place).map(|one| one.to_string());
                let mut ours: Vec<_> = other.leaves().into_iter().map(TraitPath::new).collect();
                ours.retain(|place| text(&stored, place) != text(&wanted, place));
                prop_assert_eq!(stay(&other, &after, &ours), Ok(()));
            }
            Ok(())
        },
    );
}
