//! Identifiers and addresses that Kratos rejects, or accepts with a surprising effect.

use serde_json::Value;

use super::identifiers::{each_scalar, own_value};
use crate::check::{Rules, format_problem};
use crate::json::path::TraitPath;
use crate::problem::Problem;
use crate::traits::facts::{Channel, Role, Schema, TraitFacts};
use crate::traits::raw::RawTraits;

/// Adds a problem for each new identifier or address in the touched traits that Kratos does not handle:
///
/// - it answers an empty identifier with HTTP 500;
/// - it turns `null` into the identifier `%!s(<nil>)`;
/// - it rejects a text that is not an e-mail address or phone number, if the channel needs one.
///
/// Source: `identity/extension_*.go`; tested on Kratos v1.3.1.
pub(crate) fn add_problems(
    schema: &Schema,
    touched: &[&'static TraitFacts],
    before: &RawTraits,
    after: &RawTraits,
    problems: &mut Vec<Problem>,
) {
    let rules = schema.rules();
    for facts in touched.iter().filter(|facts| facts.is_privileged()) {
        let Some(value) = own_value(facts, schema.traits, after) else {
            continue;
        };
        // The facts do not tell which member of an object is the address.
        let format = match (&value, rules) {
            (Value::String(_) | Value::Array(_), Some(rules)) => required_format(rules, facts),
            _ => None,
        };
        let holder = facts.path();
        let stored = before.value(&holder);
        each_scalar(&value, &holder, &mut |path, scalar| {
            let Some(problem) = problem(path, scalar, format) else {
                return;
            };
            // Kratos accepts a value that is already stored, such as another member of an object that
            // holds an identifier. The check may have found the same problem of the `format`.
            let inside = path.segments().iter().skip(holder.segments().len());
            let stored = inside.fold(stored.as_ref(), |here, name| match here? {
                Value::Array(items) => items.get(name.parse::<usize>().ok()?),
                here => here.get(name),
            });
            if stored != Some(scalar) && !problems.contains(&problem) {
                problems.push(problem);
            }
        });
    }
}

fn problem(path: &TraitPath, scalar: &Value, format: Option<&str>) -> Option<Problem> {
    let cannot_be = |what| {
        let reason = format!("an identifier or address cannot be {what}");
        Some(Problem::invalid(path.clone(), reason))
    };
    match (scalar, format) {
        (Value::Null, _) => cannot_be("null"),
        (Value::String(text), _) if text.trim().is_empty() => cannot_be("empty"),
        (Value::String(text), Some(format)) => format_problem(path, format, text),
        _ => None,
    }
}

/// The format of JSON Schema that Kratos requires of the trait because of its roles.
///
/// A `format` of the trait takes precedence over the channel. An identifier of `code` by e-mail only has to match
/// that; one by SMS must always be a phone number.
///
/// Source: `identity/extension_*.go` and `x/normalize.go`; tested on Kratos v1.3.1.
fn required_format(rules: &Rules<'_>, facts: &TraitFacts) -> Option<&'static str> {
    let declared = declared_format(rules, facts);
    let required = |role: &Role| match (*role, declared) {
        (Role::CodeIdentifier(Channel::Sms), _)
        | (Role::Verification(Channel::Sms), Some("tel"))
        | (Role::Recovery(Channel::Sms), Some("" | "tel")) => Some("tel"),
        (
            Role::Verification(Channel::Email) | Role::Recovery(Channel::Email),
            Some("" | "email"),
        )
        | (Role::CodeIdentifier(Channel::Email), Some("email")) => Some("email"),
        _ => None,
    };
    facts.roles.iter().find_map(required)
}

/// The `format` beside the roles, or `""`; `None` if the roles are in a composed schema.
fn declared_format<'a>(rules: &'a Rules<'_>, facts: &TraitFacts) -> Option<&'a str> {
    let mut here = rules.of_trait(facts.path)?;
    if let Some(items) = here.get("items").filter(|items| items.members().is_some()) {
        here = rules.follow_references(items)?;
    }
    here.get("ory.sh/kratos")?;
    match here.get("format") {
        None => Some(""),
        Some(format) => format.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::MessageId;

    const fn facts(path: &'static [&'static str], roles: &'static [Role]) -> TraitFacts {
        TraitFacts {
            path,
            required: false,
            roles,
            editable: true,
            line: 1,
            column: 1,
        }
    }

    /// The names describe how the roles are declared: with which `format`, and where.
    static SCHEMA: Schema = Schema::new(
        "channels.schema.json",
        r##"{
            "definitions": { "mail": { "type": "string", "format": "email", "ory.sh/kratos": {} } },
            "properties": { "traits": { "properties": {
                "verified": { "ory.sh/kratos": {} },
                "recovered": { "items": { "ory.sh/kratos": {} } },
                "loose": { "format": "no-validate", "ory.sh/kratos": {} },
                "referenced": { "$ref": "#/definitions/mail" },
                "named": { "format": "email", "ory.sh/kratos": {} },
                "code": { "ory.sh/kratos": {} },
                "phone": { "format": "no-validate", "ory.sh/kratos": {} },
                "composed": { "allOf": [{ "ory.sh/kratos": {} }] }
            } } }
        }"##,
        &[
            facts(&["verified"], &[Role::Verification(Channel::Email)]),
            facts(&["recovered"], &[Role::Recovery(Channel::Email)]),
            facts(&["loose"], &[Role::Verification(Channel::Email)]),
            facts(&["referenced"], &[Role::CodeIdentifier(Channel::Email)]),
            facts(&["named"], &[Role::Recovery(Channel::Email)]),
            facts(&["code"], &[Role::CodeIdentifier(Channel::Email)]),
            facts(&["phone"], &[Role::CodeIdentifier(Channel::Sms)]),
            facts(&["composed"], &[Role::Recovery(Channel::Email)]),
        ],
        0,
    );

    fn problems(before: &str, after: &str) -> Vec<(String, MessageId)> {
        let [before, after] = [before, after].map(|text| RawTraits::parse(text).unwrap());
        let touched: Vec<_> = SCHEMA.traits.iter().collect();
        let mut found = SCHEMA.check(&after);
        add_problems(&SCHEMA, &touched, &before, &after, &mut found);
        let found = found.iter();
        found
            .map(|one| (one.path.to_string(), one.message.id))
            .collect()
    }

    /// Tested on Kratos v1.3.1, which rejects these and accepts `loose` and `code`.
    #[test]
    fn addresses_that_their_channel_cannot_reach() {
        let after = r#"{"verified":"ada","recovered":["ada@example.org","ada"],"loose":"ada","referenced":"ada","named":"ada",
            "code":"ada","phone":"030 1234567","composed":"ada"}"#;
        let mut found = problems("{}", after);
        found.sort();
        let expected = [
            ("named", MessageId::EMAIL),
            ("phone", MessageId::PHONE),
            ("recovered.1", MessageId::EMAIL),
            ("referenced", MessageId::EMAIL),
            ("verified", MessageId::EMAIL),
        ];
        assert_eq!(found, expected.map(|(path, id)| (path.to_owned(), id)));
    }

    #[test]
    fn stored_values_are_not_judged() {
        let stored = r#"{"verified":"ada","phone":"030"}"#;
        assert_eq!(problems(stored, stored), []);
    }
}
