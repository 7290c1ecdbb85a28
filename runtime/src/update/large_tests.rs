//! Stored documents that are very wide or very deep, compared and merged.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::difference::{DifferenceKind, differing};
use super::patch::{Action, Patch};
use crate::json::path::TraitPath;
use crate::traits::facts::{IdentityTraits, Schema, TraitFacts, TraitsObject};
use crate::traits::marker::Privileged;
use crate::traits::raw::RawTraits;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Anything {}

impl TraitsObject for Anything {
    const TRAITS: &'static [TraitFacts] = &[];
}

impl IdentityTraits for Anything {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::new(
            "large.schema.json",
            r#"{"properties":{"traits":{"type":"object"}}}"#,
            &[],
            0,
        );
        &SCHEMA
    }
}

const MANY: usize = 15_000;

fn wide(value: impl Fn(usize) -> usize) -> String {
    let members: Vec<String> = (0..MANY)
        .map(|n| format!("\"m{n}\":{}", value(n)))
        .collect();
    format!("{{\"w\":{{{}}}}}", members.join(","))
}

fn deep(innermost: usize) -> String {
    let levels = "{\"d\":".repeat(MANY);
    format!("{{\"w\":{levels}{innermost}{}}}", "}".repeat(MANY))
}

fn read(text: &str) -> RawTraits {
    RawTraits::parse(text).unwrap()
}

/// A patch that sets `w` to its value in this document.
fn setting(text: &str) -> Patch<Anything, Privileged> {
    let path = TraitPath::new(["w"]);
    let value: Box<RawValue> = read(text).get(&path).unwrap();
    let mut patch = Patch::privileged();
    patch.push(path, Action::Set(value));
    patch
}

#[test]
fn wide_documents() {
    let (base, ours, theirs) = (wide(|n| n), wide(|n| n + n % 2), wide(|n| n + 2 * (n % 3)));
    let found = differing::<Anything>(&read(&base), &read(&theirs));
    assert_eq!(found.len(), MANY * 2 / 3);
    assert_eq!(found[0].kind, DifferenceKind::Replaced);

    let theirs = read(&theirs);
    let merged = setting(&ours).merge(&read(&base).json(), &theirs.json());
    let merged = merged.ok().unwrap();
    let changed = merged.patch.paths().count() + merged.conflicts.len();
    assert_eq!(changed, MANY / 2);
    let overwriting = merged.overwriting();
    let theirs = theirs.json();
    let after = overwriting.apply(&theirs).unwrap();
    let differences = differing::<Anything>(&read(&ours), &RawTraits::of(&after));
    assert_eq!(differences.len(), MANY / 3);
    assert!(overwriting.project(&after).text().len() > MANY);
}

#[test]
fn deep_documents() {
    let (base, ours, theirs) = (deep(1), deep(2), deep(3));
    let found = differing::<Anything>(&read(&base), &read(&theirs));
    assert_eq!(found.len(), 1);
    let base = read(&base);
    let merged = setting(&ours).merge(&base.json(), &read(&theirs).json());
    let merged = merged.ok().unwrap();
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.patch.is_empty());
    let (patch, base) = (setting(&ours), base.json());
    assert_eq!(patch.apply(&base).unwrap().text(), ours);
}
