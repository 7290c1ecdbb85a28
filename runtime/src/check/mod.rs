//! Whether a traits document obeys its schema, judged here before anything is sent.
//!
//! The verdict is never stricter than Kratos's: what this check does not judge (formats other than
//! plain mistakes in e-mail addresses and phone numbers, patterns in a dialect of their own,
//! composed schemas), Kratos judges when the document arrives, in the same [`Problem`]s.
//! The rules are those of `ory/jsonschema` v3, where it departs from draft-07 too.

mod array;
mod empty_arrays;
mod format;
mod number;
mod object;
mod pattern;
mod string;
mod value;

use serde_json::Value;

pub(crate) use self::empty_arrays::with_empty_arrays;
use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::Schema;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

/// Every problem of a traits document; none when the document obeys the schema.
pub fn check(schema: &Schema, traits: &RawTraits) -> Vec<Problem> {
    let mut found = Vec::new();
    if let (Some(rules), Ok(document)) = (rules(schema), serde_json::from_str(traits.as_str())) {
        value::check(&rules, &document, &TraitPath::ROOT, &mut found);
    }
    found
}

/// The part of the schema that rules the traits. The generator has made sure that there is one.
fn rules(schema: &Schema) -> Option<Value> {
    let mut schema: Value = serde_json::from_str(schema.json).ok()?;
    Some(schema.get_mut("properties")?.get_mut("traits")?.take())
}

/// Notes a problem in the form that Kratos gives it.
fn note(found: &mut Vec<Problem>, path: &TraitPath, id: MessageId, text: String, context: Value) {
    let context = match context {
        Value::Object(context) => context,
        _ => serde_json::Map::new(),
    };
    found.push(Problem {
        path: path.clone(),
        message: Message { id, text, context },
    });
}
