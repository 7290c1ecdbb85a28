//! The rules for strings: length, pattern, format.

use serde_json::{Value, json};

use super::{format, note, pattern};
use crate::problem::{MessageId, Problem};
use crate::traits::path::TraitPath;

pub(super) fn check(rules: &Value, text: &str, path: &TraitPath, found: &mut Vec<Problem>) {
    // Kratos counts Unicode scalar values (Go runes).
    let length = text.chars().count() as u64;
    let bound = |keyword| rules.get(keyword).and_then(Value::as_u64);
    if let Some(least) = bound("minLength").filter(|least| length < *least) {
        note(
            found,
            path,
            MessageId::MIN_LENGTH,
            format!("length must be >= {least}, but got {length}"),
            json!({ "min_length": least, "actual_length": length }),
        );
    }
    if let Some(most) = bound("maxLength").filter(|most| length > *most) {
        note(
            found,
            path,
            MessageId::MAX_LENGTH,
            format!("length must be <= {most}, but got {length}"),
            json!({ "max_length": most, "actual_length": length }),
        );
    }
    if let Some(source) = rules.get("pattern").and_then(Value::as_str)
        && pattern::surely_refuses(source, text)
    {
        note(
            found,
            path,
            MessageId::PATTERN,
            format!("does not match pattern {source:?}"),
            json!({ "pattern": source }),
        );
    }
    if let Some(name) = rules.get("format").and_then(Value::as_str)
        && let Some(id) = format::surely_refuses(name, text)
    {
        note(
            found,
            path,
            id,
            format!("{text:?} is not valid {name:?}"),
            json!({ "value": text }),
        );
    }
}
