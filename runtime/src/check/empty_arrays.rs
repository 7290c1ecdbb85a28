//! Puts `[]` where Kratos would put `{}`.
//!
//! The settings flow writes `{}` for every absent member of a JSON kind before it validates, an
//! optional array of objects included, and then refuses its own `{}` ("expected array, but got
//! object", ory/kratos#2360). An explicit `[]` is accepted.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::traits::facts::Schema;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

/// The document with `[]` for each absent array that Kratos would fill in wrongly.
pub(crate) fn with_empty_arrays(schema: &Schema, traits: RawTraits) -> RawTraits {
    let Some(rules) = super::rules(schema) else {
        return traits;
    };
    let mut absent = Vec::new();
    collect(&rules, &TraitPath::ROOT, &traits, &mut absent);
    absent.into_iter().fold(traits, |traits, path| {
        match RawValue::from_string("[]".to_owned()) {
            Ok(empty) => traits.with(&path, empty).unwrap_or(traits),
            Err(_) => traits,
        }
    })
}

fn collect(rules: &Value, here: &TraitPath, traits: &RawTraits, absent: &mut Vec<TraitPath>) {
    let members = rules.get("properties").and_then(Value::as_object);
    for (name, rules) in members.into_iter().flatten() {
        let path = here.child(name);
        match rules.get("type").and_then(Value::as_str) {
            // An absent object is filled in with `{}`, and its members in turn.
            Some("object") => collect(rules, &path, traits, absent),
            Some("array") if is_filled_in(rules) && traits.get(&path).is_none() => {
                absent.push(path);
            }
            _ => {}
        }
    }
}

/// Whether the items are of exactly one type, and that a JSON kind.
fn is_filled_in(rules: &Value) -> bool {
    let items = rules.get("items").and_then(|items| items.get("type"));
    matches!(
        items.and_then(Value::as_str),
        Some("object" | "array" | "null")
    )
}
