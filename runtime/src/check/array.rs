//! The rules for arrays: how many items, each item, and no two alike.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::json;

use super::found::Found;
use super::json::Json;
use super::value;
use crate::json::path::TraitPath;
use crate::problem::MessageId;

pub(super) fn check(rules: &Json<'_>, items: &[Json<'_>], path: &TraitPath, found: &mut Found) {
    let count = items.len() as u64;
    let bound = |keyword| rules.get(keyword).and_then(Json::as_u64);
    if let Some(least) = bound("minItems").filter(|least| count < *least) {
        found.note(
            path,
            MessageId::MIN_ITEMS,
            format!("minimum {least} items allowed, but found {count} items"),
            json!({ "min_items": least, "actual_items": count }),
        );
    }
    if let Some(most) = bound("maxItems").filter(|most| count > *most) {
        found.note(
            path,
            MessageId::MAX_ITEMS,
            format!("maximum {most} items allowed, but found {count} items"),
            json!({ "max_items": most, "actual_items": count }),
        );
    }
    if matches!(rules.get("uniqueItems"), Some(Json::Bool(true))) {
        unique(items, path, found);
    }
    if let Some(rules @ Json::Object(_)) = rules.get("items") {
        for (position, item) in items.iter().enumerate() {
            value::check(rules, item, &path.child(position.to_string()), found);
        }
    }
}

fn unique(items: &[Json<'_>], path: &TraitPath, found: &mut Found) {
    // Found by a look: a person may send many thousand items.
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (second, item) in items.iter().enumerate() {
        let Some(text) = item.canonical() else {
            continue;
        };
        match seen.entry(text) {
            Entry::Vacant(free) => {
                free.insert(second);
            }
            Entry::Occupied(twin) => {
                let first = *twin.get();
                found.note(
                    path,
                    MessageId::UNIQUE_ITEMS,
                    format!("items at index {first} and {second} are equal"),
                    json!({ "index_a": first, "index_b": second }),
                );
                return;
            }
        }
    }
}
