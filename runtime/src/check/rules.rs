//! The keywords for values, objects, arrays and strings.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::json;

use super::equality::{canonical, same};
use super::{Check, Draft, format, number};
use crate::json::path::TraitPath;
use crate::json::{Json, Kind, Members};
use crate::problem::{Cause, MessageId, Problem};

fn as_u64(rules: &Json<'_>, keyword: &str) -> Option<u64> {
    rules.get(keyword)?.as_number()?.parse().ok()
}

/// The strings of an array, or a string itself: the value of `type`.
pub(crate) fn strings<'r>(value: &'r Json<'_>) -> Vec<&'r str> {
    match value.kind() {
        Kind::String(one) => vec![one],
        Kind::Array(several) => several.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

impl Check<'_> {
    /// Checks `value` against the schema node `rules`.
    pub(super) fn value(&mut self, rules: &Json<'_>, value: &Json<'_>, path: &TraitPath) {
        // Kratos ignores the keywords beside a `$ref`; the referenced schema is left to Kratos.
        if rules.get("$ref").is_some() {
            return;
        }
        if !self.type_fits(rules, value, path) {
            return;
        }
        if self.rules.draft != Draft::Four {
            self.const_fits(rules, value, path);
        }
        self.enum_fits(rules, value, path);
        match value.kind() {
            Kind::Object(members) => self.object(rules, members, path),
            Kind::Array(items) => self.array(rules, items, path),
            Kind::String(text) => self.string(rules, text, path),
            Kind::Number(number) => self.number(rules, number, path),
            Kind::Bool(_) | Kind::Null | Kind::Opaque => {}
        }
    }

    fn type_fits(&mut self, rules: &Json<'_>, value: &Json<'_>, path: &TraitPath) -> bool {
        let allowed = rules.get("type").map_or_else(Vec::new, strings);
        let fits = allowed.is_empty() || allowed.iter().any(|name| is_of_type(name, value));
        if !fits && let Some(actual) = value.type_name() {
            self.report(
                path,
                MessageId::TYPE,
                format!("expected {}, but got {actual}", allowed.join(" or ")),
                json!({ "allowed_types": allowed, "actual_type": actual }),
            );
        }
        fits
    }

    fn const_fits(&mut self, rules: &Json<'_>, value: &Json<'_>, path: &TraitPath) {
        let Some(expected) = rules.get("const") else {
            return;
        };
        if same(expected, value) != Some(false) {
            return;
        }
        match quoted(expected) {
            None => {
                let text = "const failed".to_owned();
                self.report(path, MessageId::CONST_JSON, text, json!({}));
            }
            Some(expected) => {
                let text = format!("must be equal to constant {expected}");
                let context = json!({ "expected": expected });
                self.report(path, MessageId::CONST, text, context);
            }
        }
    }

    fn enum_fits(&mut self, rules: &Json<'_>, value: &Json<'_>, path: &TraitPath) {
        let Some(allowed) = rules.get("enum").and_then(Json::items) else {
            return;
        };
        if allowed.iter().all(|one| same(one, value) == Some(false)) {
            self.refuse(path, enum_reason(allowed));
        }
    }

    fn object(&mut self, rules: &Json<'_>, members: &Members<'_>, path: &TraitPath) {
        self.required(rules, members, path);
        self.member_count(rules, members, path);
        let declared = rules.get("properties");
        let mut undeclared = Vec::new();
        for (name, member) in members.sorted() {
            if let Some(rules) = declared.and_then(|declared| declared.get(name)) {
                self.value(rules, member, &path.child(name));
            } else if rules.get("patternProperties").is_none()
                && let Some(rules) = rules.get("additionalProperties")
            {
                match rules.kind() {
                    Kind::Bool(false) => undeclared.push(name.to_owned()),
                    Kind::Object(_) => self.value(rules, member, &path.child(name)),
                    _ => {}
                }
            }
        }
        if !undeclared.is_empty() {
            let names: Vec<String> = undeclared.iter().map(|name| format!("{name:?}")).collect();
            let reason = format!("additionalProperties {} not allowed", names.join(", "));
            let problem = Problem::invalid(path.clone(), reason);
            self.problems
                .push(problem.because(Cause::Undeclared(undeclared)));
        }
    }

    fn required(&mut self, rules: &Json<'_>, members: &Members<'_>, path: &TraitPath) {
        let names = rules.get("required").and_then(Json::items);
        for name in names.into_iter().flatten().filter_map(Json::as_str) {
            if members.get(name).is_none() {
                self.problems.push(Problem::required(path, name));
            }
        }
    }

    fn member_count(&mut self, rules: &Json<'_>, members: &Members<'_>, path: &TraitPath) {
        let count = members.len() as u64;
        if let Some(least) = as_u64(rules, "minProperties").filter(|least| count < *least) {
            let reason =
                format!("minimum {least} properties allowed, but found {count} properties");
            self.refuse(path, reason);
        }
        // It is unknown whether an opaque member is there when Kratos counts.
        let known = |(_, member): &(_, &Json<'_>)| !matches!(member.kind(), Kind::Opaque);
        let count = members.iter().filter(known).count() as u64;
        if let Some(most) = as_u64(rules, "maxProperties").filter(|most| count > *most) {
            let reason = format!("maximum {most} properties allowed, but found {count} properties");
            self.refuse(path, reason);
        }
    }

    fn array(&mut self, rules: &Json<'_>, items: &[Json<'_>], path: &TraitPath) {
        let count = items.len() as u64;
        if let Some(least) = as_u64(rules, "minItems").filter(|least| count < *least) {
            self.report(
                path,
                MessageId::MIN_ITEMS,
                format!("minimum {least} items allowed, but found {count} items"),
                json!({ "min_items": least, "actual_items": count }),
            );
        }
        if let Some(most) = as_u64(rules, "maxItems").filter(|most| count > *most) {
            self.report(
                path,
                MessageId::MAX_ITEMS,
                format!("maximum {most} items allowed, but found {count} items"),
                json!({ "max_items": most, "actual_items": count }),
            );
        }
        let unique = rules.get("uniqueItems").map(Json::kind);
        if matches!(unique, Some(Kind::Bool(true))) {
            self.unique(items, path);
        }
        if let Some(rules) = rules.get("items")
            && rules.members().is_some()
        {
            for (position, item) in items.iter().enumerate() {
                self.value(rules, item, &path.child(position.to_string()));
            }
        }
    }

    fn unique(&mut self, items: &[Json<'_>], path: &TraitPath) {
        // A map, because a person may send many thousand items.
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (second, item) in items.iter().enumerate() {
            let Some(text) = canonical(item) else {
                continue;
            };
            match seen.entry(text) {
                Entry::Vacant(free) => {
                    free.insert(second);
                }
                Entry::Occupied(equal) => {
                    let first = *equal.get();
                    self.report(
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

    fn string(&mut self, rules: &Json<'_>, text: &str, path: &TraitPath) {
        // Kratos counts Unicode scalar values (Go runes).
        let length = text.chars().count() as u64;
        if let Some(least) = as_u64(rules, "minLength").filter(|least| length < *least) {
            self.report(
                path,
                MessageId::MIN_LENGTH,
                format!("length must be >= {least}, but got {length}"),
                json!({ "min_length": least, "actual_length": length }),
            );
        }
        if let Some(most) = as_u64(rules, "maxLength").filter(|most| length > *most) {
            self.report(
                path,
                MessageId::MAX_LENGTH,
                format!("length must be <= {most}, but got {length}"),
                json!({ "max_length": most, "actual_length": length }),
            );
        }
        if let Some(source) = rules.get("pattern").and_then(Json::as_str)
            && self.rules.refuses(source, text)
        {
            self.report(
                path,
                MessageId::PATTERN,
                format!("does not match pattern {source:?}"),
                json!({ "pattern": source }),
            );
        }
        if let Some(name) = rules.get("format").and_then(Json::as_str) {
            let problem = format::problem(path, name, text);
            self.problems.extend(problem);
        }
    }
}

fn is_of_type(name: &str, value: &Json<'_>) -> bool {
    match (name, value.as_number()) {
        ("integer", Some(text)) => number::is_integer(text),
        _ => value.type_name().is_none_or(|actual| actual == name),
    }
}

/// The words of Kratos: it does not list values that are objects or arrays.
fn enum_reason(allowed: &[Json<'_>]) -> String {
    let values: Option<Vec<String>> = allowed
        .iter()
        .map(|one| match one.kind() {
            Kind::Null => Some("<nil>".to_owned()),
            _ => quoted(one),
        })
        .collect();
    match values.as_deref() {
        None => "enum failed".to_owned(),
        Some([only]) => format!("value must be {only}"),
        Some(several) => format!("value must be one of {}", several.join(", ")),
    }
}

/// A value as Kratos quotes it: numbers in quotes, like strings. `None` for an object or array.
fn quoted(value: &Json<'_>) -> Option<String> {
    match value.kind() {
        Kind::Null => Some("null".to_owned()),
        Kind::Bool(value) => Some(value.to_string()),
        Kind::Number(text) => Some(format!("\"{text}\"")),
        Kind::String(text) => Some(serde_json::Value::from(&**text).to_string()),
        Kind::Array(_) | Kind::Object(_) | Kind::Opaque => None,
    }
}
