//! Validates submitted traits: by the schema, then by the formats that roles require.

use kratos_traits::{Channel, RawTraits, Role, Schema, TraitPath};
use serde_json::Value;

use super::decoder::Decoded;
use super::flow::Failure;
use super::paths::referenced;
use super::ui::Message;

/// The traits, if they match the schema and each address fits its channel.
pub(super) fn validated(schema: &Schema, decoded: Decoded) -> Result<RawTraits, Failure> {
    let document = match decoded {
        Decoded::Document(document) => document,
        Decoded::NotAnObject(actual) => {
            let message = Message::not_an_object(actual);
            return Err(Failure::Traits(vec![(TraitPath::ROOT, message)]));
        }
    };
    let problems = schema.check(&document).into_iter();
    let mut problems: Vec<_> = problems
        .map(|one| (one.path, Message::of_problem(one.message)))
        .collect();
    for problem in invalid_addresses(schema, &document) {
        // `check` may have reported the same `format`.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    if problems.is_empty() {
        Ok(document)
    } else {
        Err(Failure::Traits(problems))
    }
}

/// A message for each address that does not fit its channel.
fn invalid_addresses(schema: &Schema, traits: &RawTraits) -> Vec<(TraitPath, Message)> {
    let root = serde_json::from_str::<Value>(schema.json).unwrap_or_default();
    let mut found = Vec::new();
    for facts in schema.traits {
        let path = TraitPath::new(facts.path.iter().copied());
        let declared = declared_format(&root, facts.path);
        let mut formats = facts
            .roles
            .iter()
            .filter_map(|role| required_format(*role, declared));
        let (Some(format), Some(value)) = (formats.next(), traits.get(&path)) else {
            continue;
        };
        let mut check = |path: TraitPath, value: &Value| match value {
            Value::String(text) if !may_be(format, text) => {
                let reason = format!("{text:?} is not valid {format:?}");
                found.push((path, Message::invalid(&reason)));
            }
            _ => {}
        };
        match serde_json::from_str(value.get()).unwrap_or_default() {
            Value::Array(items) => {
                for (position, item) in items.iter().enumerate() {
                    check(path.child(position.to_string()), item);
                }
            }
            value => check(path, &value),
        }
    }
    found
}

/// The format that a role requires, by the `format` in the schema.
///
/// A `format` takes precedence over the channel. An identifier of `code` by e-mail is only held to its `format`, one by
/// SMS is always a phone number. Source: K-ext-12, `identity/extension_*.go` of Kratos; tested on v1.3.1.
fn required_format(role: Role, declared: Option<&str>) -> Option<&'static str> {
    match (role, declared) {
        (Role::CodeIdentifier(Channel::Sms), _)
        | (Role::Verification(Channel::Sms), Some("tel"))
        | (Role::Recovery(Channel::Sms), Some("" | "tel")) => Some("tel"),
        (
            Role::Verification(Channel::Email) | Role::Recovery(Channel::Email),
            Some("" | "email"),
        )
        | (Role::CodeIdentifier(Channel::Email), Some("email")) => Some("email"),
        _ => None,
    }
}

/// The `format` beside the roles of a trait or of its items, or `""`; `None` if the roles are in a composed schema.
fn declared_format<'a>(root: &'a Value, path: &[&str]) -> Option<&'a str> {
    let mut rules = root.pointer("/properties/traits")?;
    for name in path {
        rules = referenced(root, rules)?.get("properties")?.get(name)?;
    }
    rules = referenced(root, rules)?;
    if let Some(items @ Value::Object(_)) = rules.get("items") {
        rules = referenced(root, items)?;
    }
    rules.get("ory.sh/kratos")?;
    rules.get("format").map_or(Some(""), Value::as_str)
}

/// Whether the text can have the format; refuses obvious mistakes only.
///
/// Source: K-engine-7, `isEmail` and `isTel` in `formats.go` of `ory/jsonschema`.
fn may_be(format: &str, text: &str) -> bool {
    match (format, text.rsplit_once('@')) {
        ("email", Some((local, host))) => {
            let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
            let is_host = !host.is_empty() && host.chars().all(allowed);
            is_host && text.len() <= 254 && matches!(local.len(), 1..=64)
        }
        ("email", None) => false,
        // The country code follows a plus sign, which may be a fullwidth one.
        _ => text.contains(['+', '\u{ff0b}']) && text.contains(char::is_numeric),
    }
}
