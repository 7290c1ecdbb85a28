//! The rules for any value: `type`, `enum`, `const`; then those of its kind.

use serde_json::json;

use super::found::Found;
use super::json::Json;
use super::{Draft, array, decimal, number, object, string};
use crate::json::path::TraitPath;
use crate::problem::MessageId;

/// Checks `value` against the schema node `rules`.
pub(super) fn check(rules: &Json<'_>, value: &Json<'_>, path: &TraitPath, found: &mut Found) {
    // Kratos ignores whatever stands beside a `$ref`; a referenced schema is left to Kratos.
    if rules.get("$ref").is_some() {
        return;
    }
    if !type_fits(rules, value, path, found) {
        return;
    }
    if found.draft != Draft::Four {
        const_fits(rules, value, path, found);
    }
    enum_fits(rules, value, path, found);
    match value {
        Json::Object(members) => object::check(rules, members, path, found),
        Json::Array(items) => array::check(rules, items, path, found),
        Json::String(text) => string::check(rules, text, path, found),
        Json::Number(number) => number::check(rules, number, path, found),
        Json::Bool(_) | Json::Null | Json::Unjudged => {}
    }
}

fn type_fits(rules: &Json<'_>, value: &Json<'_>, path: &TraitPath, found: &mut Found) -> bool {
    let allowed = rules.get("type").map_or_else(Vec::new, Json::strings);
    let fits = allowed.is_empty() || allowed.iter().any(|name| is_of_type(name, value));
    if !fits && let Some(actual) = value.type_name() {
        found.note(
            path,
            MessageId::TYPE,
            format!("expected {}, but got {actual}", allowed.join(" or ")),
            json!({ "allowed_types": allowed, "actual_type": actual }),
        );
    }
    fits
}

fn is_of_type(name: &str, value: &Json<'_>) -> bool {
    match (name, value) {
        ("integer", Json::Number(text)) => decimal::is_integer(text),
        _ => value.type_name().is_none_or(|actual| actual == name),
    }
}

fn const_fits(rules: &Json<'_>, value: &Json<'_>, path: &TraitPath, found: &mut Found) {
    let Some(expected) = rules.get("const") else {
        return;
    };
    if expected.same(value) != Some(false) {
        return;
    }
    match shown(expected) {
        None => {
            let text = "const failed".to_owned();
            found.note(path, MessageId::CONST_JSON, text, json!({}));
        }
        Some(expected) => {
            let text = format!("must be equal to constant {expected}");
            let context = json!({ "expected": expected });
            found.note(path, MessageId::CONST, text, context);
        }
    }
}

fn enum_fits(rules: &Json<'_>, value: &Json<'_>, path: &TraitPath, found: &mut Found) {
    let Some(Json::Array(allowed)) = rules.get("enum") else {
        return;
    };
    if (allowed.iter()).any(|one| one.same(value) != Some(false)) {
        return;
    }
    found.refuse(path, enum_reason(allowed));
}

/// The words of Kratos: no list of values that have parts.
fn enum_reason(allowed: &[Json<'_>]) -> String {
    let values: Option<Vec<String>> = allowed
        .iter()
        .map(|one| match one {
            Json::Null => Some("<nil>".to_owned()),
            other => shown(other),
        })
        .collect();
    match values.as_deref() {
        None => "enum failed".to_owned(),
        Some([only]) => format!("value must be {only}"),
        Some(several) => format!("value must be one of {}", several.join(", ")),
    }
}

/// A value as Kratos quotes it: numbers in quotes, like strings. `None` for what has parts.
fn shown(value: &Json<'_>) -> Option<String> {
    match value {
        Json::Null => Some("null".to_owned()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Number(text) => Some(format!("\"{text}\"")),
        Json::String(text) => Some(serde_json::Value::from(text.as_str()).to_string()),
        Json::Array(_) | Json::Object(_) | Json::Unjudged => None,
    }
}
