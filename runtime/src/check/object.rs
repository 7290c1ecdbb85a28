//! The rules for objects: which members, and how many.

use std::collections::BTreeMap;

use serde_json::json;

use super::found::Found;
use super::json::Json;
use super::value;
use crate::json::path::TraitPath;
use crate::problem::{MessageId, Problem};

type Members<'a> = BTreeMap<String, Json<'a>>;

pub(super) fn check(rules: &Json<'_>, members: &Members<'_>, path: &TraitPath, found: &mut Found) {
    required(rules, members, path, found);
    member_count(rules, members, path, found);
    let declared = rules.get("properties").and_then(Json::as_object);
    let mut unexpected = Vec::new();
    for (name, member) in members {
        if let Some(rules) = declared.and_then(|declared| declared.get(name)) {
            value::check(rules, member, &path.child(name), found);
        } else if rules.get("patternProperties").is_none() {
            match rules.get("additionalProperties") {
                Some(Json::Bool(false)) => unexpected.push(name.as_str()),
                Some(rules @ Json::Object(_)) => {
                    value::check(rules, member, &path.child(name), found);
                }
                _ => {}
            }
        }
    }
    if !unexpected.is_empty() {
        let names: Vec<String> = unexpected.iter().map(|name| format!("{name:?}")).collect();
        let reason = format!("{UNEXPECTED}{} not allowed", names.join(", "));
        found.refuse(path, reason);
    }
}

/// How the problem of members that an object may not have begins, before their names.
const UNEXPECTED: &str = "additionalProperties ";

/// Whether the problem is that an object has members which its schema does not name.
pub(crate) fn is_unexpected_members(problem: &Problem) -> bool {
    problem.message.text.starts_with(UNEXPECTED)
}

fn required(rules: &Json<'_>, members: &Members<'_>, path: &TraitPath, found: &mut Found) {
    let names = rules.get("required").and_then(Json::as_array);
    for name in names.into_iter().flatten().filter_map(Json::as_str) {
        if !members.contains_key(name) {
            found.note(
                &path.child(name),
                MessageId::REQUIRED,
                format!("Property {name} is missing."),
                json!({ "property": name }),
            );
        }
    }
}

fn member_count(rules: &Json<'_>, members: &Members<'_>, path: &TraitPath, found: &mut Found) {
    let count = members.len() as u64;
    let bound = |keyword| rules.get(keyword).and_then(Json::as_u64);
    if let Some(least) = bound("minProperties").filter(|least| count < *least) {
        found.refuse(
            path,
            format!("minimum {least} properties allowed, but found {count} properties"),
        );
    }
    // What is not judged may not be there when Kratos counts.
    let judged = |member: &&Json<'_>| !matches!(member, Json::Unjudged);
    let count = members.values().filter(judged).count() as u64;
    if let Some(most) = bound("maxProperties").filter(|most| count > *most) {
        found.refuse(
            path,
            format!("maximum {most} properties allowed, but found {count} properties"),
        );
    }
}
