//! The keywords of a schema.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::json;

use super::equality::{canonical, compare, is_integer, same};
use super::{Check, Draft};
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
            self.refuse(path, "enum", enum_reason(allowed));
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
                    Kind::Object(_) => self.value(rules, member, &path.hidden_child(name)),
                    _ => {}
                }
            }
        }
        if !undeclared.is_empty() {
            let names: Vec<String> = undeclared.iter().map(|name| format!("{name:?}")).collect();
            let reason = format!("additionalProperties {} not allowed", names.join(", "));
            let problem = Problem::invalid(path.clone(), reason);
            self.problems.push(
                problem
                    .by("additionalProperties")
                    .because(Cause::Undeclared(undeclared)),
            );
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
            self.refuse(path, "minProperties", reason);
        }
        // It is unknown whether an opaque member is there when Kratos counts.
        let known = |(_, member): &(_, &Json<'_>)| !matches!(member.kind(), Kind::Opaque);
        let count = members.iter().filter(known).count() as u64;
        if let Some(most) = as_u64(rules, "maxProperties").filter(|most| count > *most) {
            let reason = format!("maximum {most} properties allowed, but found {count} properties");
            self.refuse(path, "maxProperties", reason);
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
            && self.rules.matches(source, text) == Some(false)
        {
            self.report(
                path,
                MessageId::PATTERN,
                format!("does not match pattern {source:?}"),
                json!({ "pattern": source }),
            );
        }
        if let Some(name) = rules.get("format").and_then(Json::as_str) {
            let problem = format_problem(path, name, text);
            self.problems.extend(problem);
        }
    }

    fn number(&mut self, rules: &Json<'_>, number: &str, path: &TraitPath) {
        let bound = |keyword| rules.get(keyword).and_then(Json::as_number);
        for side in &SIDES {
            for (strict, keyword) in [(0, side.keyword), (1, side.exclusive)] {
                let Some(bound) = bound(keyword) else {
                    continue;
                };
                let order = compare(number, bound);
                let on_it = strict == 1 && order == Some(Ordering::Equal);
                if order == Some(side.beyond) || on_it {
                    let (sign, keyword) = (side.signs[strict], side.keyword);
                    self.report(
                        path,
                        side.ids[strict],
                        format!("must be {sign} {bound} but found {number}"),
                        json!({ keyword: context_number(bound), "actual": context_number(number) }),
                    );
                }
            }
        }
        if let Some(base) = bound("multipleOf")
            && surely_no_multiple(number, base)
        {
            self.report(
                path,
                MessageId::MULTIPLE_OF,
                format!("{number} not multipleOf {base}"),
                json!({ "base": context_number(base), "actual": context_number(number) }),
            );
        }
    }
}

fn is_of_type(name: &str, value: &Json<'_>) -> bool {
    match (name, value.as_number()) {
        ("integer", Some(text)) => is_integer(text),
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

/// One side on which numbers end.
struct Side {
    keyword: &'static str,
    exclusive: &'static str,
    beyond: Ordering,
    ids: [MessageId; 2],
    signs: [&'static str; 2],
}

const SIDES: [Side; 2] = [
    Side {
        keyword: "minimum",
        exclusive: "exclusiveMinimum",
        beyond: Ordering::Less,
        ids: [MessageId::MINIMUM, MessageId::EXCLUSIVE_MINIMUM],
        signs: [">=", ">"],
    },
    Side {
        keyword: "maximum",
        exclusive: "exclusiveMaximum",
        beyond: Ordering::Greater,
        ids: [MessageId::MAXIMUM, MessageId::EXCLUSIVE_MAXIMUM],
        signs: ["<=", "<"],
    },
];

/// Of integers only: Kratos divides with 64 bits, which is exact for them and for nothing else.
fn surely_no_multiple(number: &str, base: &str) -> bool {
    match (number.parse::<i64>(), base.parse::<i64>()) {
        (Ok(number), Ok(base)) => number.checked_rem(base).is_some_and(|rest| rest != 0),
        _ => false,
    }
}

/// A number as a member of a message's context; its text if a `Value` cannot hold it.
fn context_number(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|_| serde_json::Value::from(text))
}

/// The problem of a text that surely does not have the format.
pub(crate) fn format_problem(path: &TraitPath, format: &str, text: &str) -> Option<Problem> {
    let id = surely_refuses(format, text)?;
    let words = format!("{text:?} is not valid {format:?}");
    let context = json!({ "value": text });
    Some(Problem::new(path.clone(), id, words, context))
}

/// The id of the problem if the text surely does not have the format.
///
/// Source: K-engine-7, `formats.go` of `ory/jsonschema`: an e-mail address has at most 254 bytes, at most 64 of
/// them before the last `@`, and a host name after it; a phone number is written with `+` and the
/// country code.
fn surely_refuses(format: &str, text: &str) -> Option<MessageId> {
    match format {
        "email" => (!may_be_email(text)).then_some(MessageId::EMAIL),
        "tel" => (!may_be_phone(text)).then_some(MessageId::PHONE),
        _ => None,
    }
}

fn may_be_email(text: &str) -> bool {
    text.len() <= 254
        && text.rsplit_once('@').is_some_and(|(local, domain)| {
            (1..=64).contains(&local.len())
                && !domain.is_empty()
                && domain
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
        })
}

fn may_be_phone(text: &str) -> bool {
    text.contains(['+', '\u{ff0b}']) && text.chars().any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_mistakes() {
        for bad in ["", "ada", "@example.org", "ada@", "ada@exa mple.org"] {
            assert_eq!(
                surely_refuses("email", bad),
                Some(MessageId::EMAIL),
                "{bad}"
            );
        }
        for bad in ["", "0301234567", "+"] {
            assert_eq!(surely_refuses("tel", bad), Some(MessageId::PHONE), "{bad}");
        }
    }

    #[test]
    fn other_mistakes_are_left_to_kratos() {
        for (format, text) in [
            ("email", "ada@localhost"),
            ("email", "\"a b\"@example.org"),
            ("tel", "+49 30 1234567"),
            ("tel", "tel:+49301234567"),
            ("uri", "no uri"),
            ("unknown", "x"),
        ] {
            assert_eq!(surely_refuses(format, text), None, "{format} {text}");
        }
    }
}
