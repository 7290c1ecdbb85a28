//! The rules for arrays: how many items, each item, and no two alike.

use serde_json::{Value, json};

use super::{note, value};
use crate::problem::{MessageId, Problem};
use crate::traits::path::TraitPath;

pub(super) fn check(rules: &Value, items: &[Value], path: &TraitPath, found: &mut Vec<Problem>) {
    let count = items.len() as u64;
    let bound = |keyword| rules.get(keyword).and_then(Value::as_u64);
    if let Some(least) = bound("minItems").filter(|least| count < *least) {
        note(
            found,
            path,
            MessageId::MIN_ITEMS,
            format!("minimum {least} items allowed, but found {count} items"),
            json!({ "min_items": least, "actual_items": count }),
        );
    }
    if let Some(most) = bound("maxItems").filter(|most| count > *most) {
        note(
            found,
            path,
            MessageId::MAX_ITEMS,
            format!("maximum {most} items allowed, but found {count} items"),
            json!({ "max_items": most, "actual_items": count }),
        );
    }
    if rules.get("uniqueItems") == Some(&Value::Bool(true)) {
        unique(items, path, found);
    }
    if let Some(rules @ Value::Object(_)) = rules.get("items") {
        for (position, item) in items.iter().enumerate() {
            value::check(rules, item, &path.child(position.to_string()), found);
        }
    }
}

fn unique(items: &[Value], path: &TraitPath, found: &mut Vec<Problem>) {
    for (second, item) in items.iter().enumerate() {
        let twin = items[..second]
            .iter()
            .position(|one| value::same(one, item));
        if let Some(first) = twin {
            note(
                found,
                path,
                MessageId::UNIQUE_ITEMS,
                format!("items at index {first} and {second} are equal"),
                json!({ "index_a": first, "index_b": second }),
            );
            return;
        }
    }
}
