//! The rules for objects: which members, and how many.

use serde_json::{Map, Value, json};

use super::{note, value};
use crate::problem::{MessageId, Problem};
use crate::traits::path::TraitPath;

pub(super) fn check(
    rules: &Value,
    members: &Map<String, Value>,
    path: &TraitPath,
    found: &mut Vec<Problem>,
) {
    required(rules, members, path, found);
    member_count(rules, members, path, found);
    let declared = rules.get("properties").and_then(Value::as_object);
    let mut unexpected = Vec::new();
    for (name, member) in members {
        if let Some(rules) = declared.and_then(|declared| declared.get(name)) {
            value::check(rules, member, &path.child(name), found);
        } else if rules.get("patternProperties").is_none() {
            match rules.get("additionalProperties") {
                Some(Value::Bool(false)) => unexpected.push(name.as_str()),
                Some(rules @ Value::Object(_)) => {
                    value::check(rules, member, &path.child(name), found);
                }
                _ => {}
            }
        }
    }
    if !unexpected.is_empty() {
        let names: Vec<String> = unexpected.iter().map(|name| format!("{name:?}")).collect();
        let reason = format!("additionalProperties {} not allowed", names.join(", "));
        let context = json!({ "reason": reason });
        note(found, path, MessageId::INVALID, reason, context);
    }
}

fn required(
    rules: &Value,
    members: &Map<String, Value>,
    path: &TraitPath,
    found: &mut Vec<Problem>,
) {
    let names = rules.get("required").and_then(Value::as_array);
    for name in names.into_iter().flatten().filter_map(Value::as_str) {
        if !members.contains_key(name) {
            note(
                found,
                &path.child(name),
                MessageId::REQUIRED,
                format!("Property {name} is missing."),
                json!({ "property": name }),
            );
        }
    }
}

fn member_count(
    rules: &Value,
    members: &Map<String, Value>,
    path: &TraitPath,
    found: &mut Vec<Problem>,
) {
    let count = members.len() as u64;
    let bound = |keyword| rules.get(keyword).and_then(Value::as_u64);
    let mut refuse = |reason: String| {
        let context = json!({ "reason": reason });
        note(found, path, MessageId::INVALID, reason, context);
    };
    if let Some(least) = bound("minProperties").filter(|least| count < *least) {
        refuse(format!(
            "minimum {least} properties allowed, but found {count} properties"
        ));
    }
    if let Some(most) = bound("maxProperties").filter(|most| count > *most) {
        refuse(format!(
            "maximum {most} properties allowed, but found {count} properties"
        ));
    }
}
