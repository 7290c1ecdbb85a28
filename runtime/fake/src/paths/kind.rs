//! What Kratos takes a place of the traits for.

use serde_json::Value;

/// What Kratos takes a place for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Checkbox,
    /// An object, or an array of objects, arrays or nulls: no node, and `{}` when it is absent.
    Json,
}

/// The target of a reference into the same document.
pub(super) fn resolve<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    root.pointer(reference.strip_prefix('#')?)
}

/// The rules after all references; `None` if one leads to another document or back to itself.
pub(crate) fn referenced<'a>(root: &'a Value, rules: &'a Value) -> Option<&'a Value> {
    let mut here = rules;
    // Longer chains do not occur in practice.
    for _ in 0..32 {
        match here.get("$ref").and_then(Value::as_str) {
            Some(reference) => here = resolve(root, reference)?,
            None => return Some(here),
        }
    }
    None
}

/// `None` for what Kratos does not list: no type, `null`, or several types.
pub(super) fn kind(root: &Value, rules: &Value) -> Option<Kind> {
    if let Some(constant) = rules.get("const") {
        return match constant {
            Value::Null => None,
            Value::Bool(_) => Some(Kind::Checkbox),
            Value::Number(_) => Some(Kind::Number),
            Value::String(_) => Some(Kind::Text),
            Value::Array(_) | Value::Object(_) => Some(Kind::Json),
        };
    }
    match types(rules)[..] {
        ["object"] => Some(Kind::Json),
        ["array"] => Some(array(root, rules)),
        ["string"] => Some(Kind::Text),
        ["number" | "integer"] => Some(Kind::Number),
        ["boolean"] => Some(Kind::Checkbox),
        _ => rules.get("default").map(|_| Kind::Text),
    }
}

fn array(root: &Value, rules: &Value) -> Kind {
    let items = match rules.get("items") {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(items) => vec![items],
        None => Vec::new(),
    };
    let mut of_items = Vec::new();
    for rules in items {
        of_items.extend(types(rules));
        let reference = rules.get("$ref").and_then(Value::as_str);
        of_items.extend(
            reference
                .and_then(|to| resolve(root, to))
                .map(types)
                .unwrap_or_default(),
        );
    }
    of_items.dedup();
    match of_items[..] {
        ["object" | "array" | "null"] => Kind::Json,
        _ => Kind::Text,
    }
}

fn types(rules: &Value) -> Vec<&str> {
    match rules.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
