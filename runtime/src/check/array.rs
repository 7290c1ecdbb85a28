//! The rules for arrays: how many items, each item, and no two alike.

use std::collections::HashMap;

use serde_json::json;

use super::found::Found;
use super::json::Json;
use super::value;
use crate::problem::MessageId;
use crate::traits::path::TraitPath;

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
    let mut plain: HashMap<Plain<'_>, usize> = HashMap::new();
    let mut others: Vec<usize> = Vec::new();
    for (second, item) in items.iter().enumerate() {
        let is_twin = |first: &usize| items[*first].same(item) == Some(true);
        let twin = match Plain::of(item) {
            Some(value) => {
                let like_it = others.iter().copied().find(is_twin);
                let twin = plain.get(&value).copied().into_iter().chain(like_it).min();
                plain.entry(value).or_insert(second);
                twin
            }
            None => {
                others.push(second);
                (0..second).find(is_twin)
            }
        };
        if let Some(first) = twin {
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

/// A value that is found by a look, and need not be compared with all others.
#[derive(PartialEq, Eq, Hash)]
enum Plain<'a> {
    Text(&'a str),
    Number(i64),
}

impl<'a> Plain<'a> {
    fn of(item: &'a Json<'_>) -> Option<Self> {
        match item {
            Json::String(text) => Some(Self::Text(text)),
            Json::Number(text) => text.parse().ok().map(Self::Number),
            _ => None,
        }
    }
}
