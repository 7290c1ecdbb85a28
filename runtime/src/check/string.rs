//! The rules for strings: length, pattern, format.

use serde_json::json;

use super::found::Found;
use super::json::Json;
use super::{format, pattern};
use crate::json::path::TraitPath;
use crate::problem::MessageId;

pub(super) fn check(rules: &Json<'_>, text: &str, path: &TraitPath, found: &mut Found) {
    // Kratos counts Unicode scalar values (Go runes).
    let length = text.chars().count() as u64;
    let bound = |keyword| rules.get(keyword).and_then(Json::as_u64);
    if let Some(least) = bound("minLength").filter(|least| length < *least) {
        found.note(
            path,
            MessageId::MIN_LENGTH,
            format!("length must be >= {least}, but got {length}"),
            json!({ "min_length": least, "actual_length": length }),
        );
    }
    if let Some(most) = bound("maxLength").filter(|most| length > *most) {
        found.note(
            path,
            MessageId::MAX_LENGTH,
            format!("length must be <= {most}, but got {length}"),
            json!({ "max_length": most, "actual_length": length }),
        );
    }
    if let Some(source) = rules.get("pattern").and_then(Json::as_str)
        && pattern::surely_refuses(source, text)
    {
        found.note(
            path,
            MessageId::PATTERN,
            format!("does not match pattern {source:?}"),
            json!({ "pattern": source }),
        );
    }
    if let Some(name) = rules.get("format").and_then(Json::as_str)
        && let Some(id) = format::surely_refuses(name, text)
    {
        found.note(
            path,
            id,
            format!("{text:?} is not valid {name:?}"),
            json!({ "value": text }),
        );
    }
}
