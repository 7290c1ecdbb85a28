//! Checks whether an identifier or address can be reached through its channel.

#[cfg(feature = "fake")]
use serde_json::Value;
use serde_json::json;

use crate::check::{Json, Rules, surely_refuses};
use crate::json::path::TraitPath;
use crate::problem::{Message, Problem};
#[cfg(feature = "fake")]
use crate::traits::facts::Schema;
use crate::traits::facts::{Channel, Role, TraitFacts};
#[cfg(feature = "fake")]
use crate::traits::raw::RawTraits;
#[cfg(feature = "fake")]
use crate::update::identifiers::{each_inside, own_value};

/// The format of JSON Schema that Kratos requires of the trait because of its roles.
///
/// A `format` of the trait takes precedence over the channel. An identifier of `code` by e-mail only has to match
/// that; one by SMS must always be a phone number.
///
/// Source: `identity/extension_*.go` and `x/normalize.go` of Kratos; tested on v1.3.1.
pub(super) fn demanded(rules: &Rules<'_>, facts: &TraitFacts) -> Option<&'static str> {
    let declared = declared(rules, facts);
    let demands = |role: &Role| match (*role, declared) {
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
    facts.roles.iter().find_map(demands)
}

/// A problem for each string of a document that its channel cannot reach.
#[cfg(feature = "fake")]
pub(crate) fn unreachable(schema: &Schema, document: &RawTraits) -> Vec<Problem> {
    let Some(rules) = Rules::of(schema) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for facts in schema.traits {
        let (Some(format), Some(value)) = (
            demanded(&rules, facts),
            own_value(facts, schema.traits, document),
        ) else {
            continue;
        };
        let holder = TraitPath::new(facts.path.iter().copied());
        if matches!(value, Value::String(_) | Value::Array(_)) {
            each_inside(&value, &holder, &mut |path, inner| {
                if let Value::String(text) = inner {
                    found.extend(problem(path, format, text));
                }
            });
        }
    }
    found
}

/// The `format` beside the roles, or `""`; `None` if the roles are in a composed schema.
fn declared<'a>(rules: &'a Rules<'_>, facts: &TraitFacts) -> Option<&'a str> {
    let mut here = rules.of_trait(facts.path)?;
    if let Some(items @ Json::Object(_)) = here.get("items") {
        here = rules.behind_references(items)?;
    }
    here.get("ory.sh/kratos")?;
    match here.get("format") {
        None => Some(""),
        Some(format) => format.as_str(),
    }
}

/// The problem of a text that certainly does not have the format.
pub(super) fn problem(path: &TraitPath, format: &str, text: &str) -> Option<Problem> {
    let context = json!({ "value": text });
    Some(Problem {
        path: path.clone(),
        message: Message {
            id: surely_refuses(format, text)?,
            text: format!("{text:?} is not valid {format:?}"),
            context: context.as_object().cloned().unwrap_or_default(),
        },
    })
}

#[cfg(test)]
mod tests {
    use crate::problem::MessageId;
    use crate::traits::facts::{Channel, Role, Schema, TraitFacts};
    use crate::traits::raw::RawTraits;
    use crate::update::identifiers;

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
    const SCHEMA: Schema = Schema {
        source: "channels.schema.json",
        fingerprint: 0,
        json: r##"{
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
        traits: &[
            facts(&["verified"], &[Role::Verification(Channel::Email)]),
            facts(&["recovered"], &[Role::Recovery(Channel::Email)]),
            facts(&["loose"], &[Role::Verification(Channel::Email)]),
            facts(&["referenced"], &[Role::CodeIdentifier(Channel::Email)]),
            facts(&["named"], &[Role::Recovery(Channel::Email)]),
            facts(&["code"], &[Role::CodeIdentifier(Channel::Email)]),
            facts(&["phone"], &[Role::CodeIdentifier(Channel::Sms)]),
            facts(&["composed"], &[Role::Recovery(Channel::Email)]),
        ],
    };

    fn problems(before: &str, after: &str) -> Vec<(String, MessageId)> {
        let [before, after] = [before, after].map(|text| RawTraits::parse(text).unwrap());
        let touched: Vec<_> = SCHEMA.traits.iter().collect();
        let mut found = SCHEMA.check(&after);
        identifiers::problems(&SCHEMA, &touched, &before, &after, &mut found);
        let found = found.iter();
        found
            .map(|one| (one.path.to_string(), one.message.id))
            .collect()
    }

    /// Tested on Kratos v1.3.1, which rejects these and accepts `loose` and `code`.
    #[test]
    fn what_its_channel_cannot_reach_is_refused() {
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
    fn what_is_stored_already_is_not_judged() {
        let stored = r#"{"verified":"ada","phone":"030"}"#;
        assert_eq!(problems(stored, stored), []);
    }
}
