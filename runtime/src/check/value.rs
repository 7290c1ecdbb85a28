//! The rules for any value: `type`, `enum`, `const`; then those of its kind.

use serde_json::{Value, json};

use super::{array, note, number, object, string};
use crate::problem::{MessageId, Problem};
use crate::traits::path::TraitPath;

/// Checks `value` against the schema node `rules`.
pub(super) fn check(rules: &Value, value: &Value, path: &TraitPath, found: &mut Vec<Problem>) {
    // Kratos ignores whatever stands beside a `$ref`; a referenced schema is left to Kratos.
    if rules.get("$ref").is_some() {
        return;
    }
    if !type_fits(rules, value, path, found) {
        return;
    }
    const_fits(rules, value, path, found);
    enum_fits(rules, value, path, found);
    match value {
        Value::Object(members) => object::check(rules, members, path, found),
        Value::Array(items) => array::check(rules, items, path, found),
        Value::String(text) => string::check(rules, text, path, found),
        Value::Number(number) => number::check(rules, number, path, found),
        Value::Bool(_) | Value::Null => {}
    }
}

fn type_fits(rules: &Value, value: &Value, path: &TraitPath, found: &mut Vec<Problem>) -> bool {
    let allowed: Vec<&str> = match rules.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return true,
    };
    if allowed.iter().any(|name| is_of_type(name, value)) {
        return true;
    }
    let actual = type_of(value);
    note(
        found,
        path,
        MessageId::TYPE,
        format!("expected {}, but got {actual}", allowed.join(" or ")),
        json!({ "allowed_types": allowed, "actual_type": actual }),
    );
    false
}

fn is_of_type(name: &str, value: &Value) -> bool {
    match (name, value) {
        // The engine looks at the text: 1.0 is no integer. Past 2^63 the text is not known here.
        ("integer", Value::Number(number)) => {
            number.is_i64() || number.is_u64() || number.as_f64().is_none_or(|n| n.abs() >= 9e15)
        }
        ("number", Value::Number(_)) => true,
        _ => name == type_of(value),
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn const_fits(rules: &Value, value: &Value, path: &TraitPath, found: &mut Vec<Problem>) {
    let Some(expected) = rules.get("const") else {
        return;
    };
    if same(expected, value) {
        return;
    }
    if expected.is_object() || expected.is_array() {
        let text = "const failed".to_owned();
        note(found, path, MessageId::CONST_JSON, text, json!({}));
    } else {
        // Kratos writes numbers in quotes, like strings.
        let expected = match expected {
            Value::Number(number) => format!("\"{number}\""),
            other => other.to_string(),
        };
        let text = format!("must be equal to constant {expected}");
        let context = json!({ "expected": expected });
        note(found, path, MessageId::CONST, text, context);
    }
}

fn enum_fits(rules: &Value, value: &Value, path: &TraitPath, found: &mut Vec<Problem>) {
    let Some(Value::Array(allowed)) = rules.get("enum") else {
        return;
    };
    if allowed.iter().any(|one| same(one, value)) {
        return;
    }
    let reason = enum_reason(allowed);
    note(
        found,
        path,
        MessageId::INVALID,
        reason.clone(),
        json!({ "reason": reason }),
    );
}

/// The words of Kratos: numbers in quotes, and no list of values that have parts.
fn enum_reason(allowed: &[Value]) -> String {
    let shown = |value: &Value| match value {
        Value::Number(number) => format!("\"{number}\""),
        Value::Null => "<nil>".to_owned(),
        other => other.to_string(),
    };
    let has_parts = |value: &Value| value.is_object() || value.is_array();
    if allowed.iter().any(has_parts) {
        return "enum failed".to_owned();
    }
    let values: Vec<String> = allowed.iter().map(shown).collect();
    match values.as_slice() {
        [only] => format!("value must be {only}"),
        several => format!("value must be one of {}", several.join(", ")),
    }
}

/// Equality as JSON Schema has it: numbers by value, so `1` equals `1.0`.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
