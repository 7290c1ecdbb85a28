//! Identifiers and addresses: how Kratos compares them, and which values and removals it does not handle.

use crate::check::{Rules, format_problem};
use crate::json::path::TraitPath;
use crate::json::{Json, Kind, json_eq};
use crate::problem::Problem;
use crate::traits::facts::{Channel, Credential, Role, Schema, TraitFacts};

/// The identifiers and addresses in the value of a trait, as Kratos compares them, each with its JSON type.
///
/// The facts do not tell which member of an object has the role, so all scalars in it count.
///
/// Source: K-ident-2 to K-ident-4, `x/normalize.go` and `identity/extension_*.go`, up to v26.2.0.
pub(crate) fn normalised(
    role: Role,
    value: Option<&Json<'_>>,
) -> Vec<(Option<&'static str>, String)> {
    let normalise = |text: &str| match role.channel() {
        None => lowercase(text),
        Some(Channel::Email) => lowercase(text.trim()),
        Some(Channel::Sms) => text
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect(),
    };
    let mut found = Vec::new();
    if let Some(value) = value {
        each_scalar(value, &TraitPath::ROOT, &mut |_, scalar| {
            let text = match scalar.as_str() {
                Some(text) => normalise(text),
                None => scalar.text().into_owned(),
            };
            found.push((scalar.type_name(), text));
        });
    }
    found
}

/// Lower case as in Go, letter by letter: a `Σ` at the end of a word does not become `ς`, and an `İ` becomes `i`.
pub(crate) fn lowercase(text: &str) -> String {
    text.chars()
        .filter_map(|c| c.to_lowercase().next())
        .collect()
}

/// Calls `visit` with every scalar in a value and its path: the value itself, or those in its items and members.
fn each_scalar(value: &Json<'_>, path: &TraitPath, visit: &mut impl FnMut(&TraitPath, &Json<'_>)) {
    match value.kind() {
        Kind::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                each_scalar(item, &path.child(position.to_string()), visit);
            }
        }
        Kind::Object(members) => {
            for (name, member) in members.sorted() {
                each_scalar(member, &path.child(name), visit);
            }
        }
        _ => visit(path, value),
    }
}

/// The value of a trait without its members that are traits of their own.
pub(crate) fn own_value<'a>(
    facts: &TraitFacts,
    all: &[TraitFacts],
    document: &Json<'a>,
) -> Option<Json<'a>> {
    let mut value = facts.value(document)?.clone();
    if value.members().is_some() {
        for (name, holder) in all.iter().filter_map(|one| one.path.split_last()) {
            if holder == facts.path {
                // Cannot fail: the value is an object.
                let _ = value.remove(&[(*name).to_owned()]);
            }
        }
    }
    Some(value)
}

/// Adds problems for changes that Kratos fails at, or accepts with a surprising effect:
///
/// - it answers an empty identifier with HTTP 500;
/// - it turns `null` into the identifier `%!s(<nil>)`;
/// - it rejects a text that is not an e-mail address or phone number, if the channel needs one;
/// - it keeps the last identifier of a credential for login after it is removed.
///
/// Source: K-ident-6 to K-ident-8, `identity/extension_*.go`; tested on Kratos v1.3.1.
pub(crate) fn add_problems(
    schema: &Schema,
    touched: &[&'static TraitFacts],
    before: &Json<'_>,
    after: &Json<'_>,
    problems: &mut Vec<Problem>,
) {
    for facts in touched.iter().filter(|facts| facts.is_privileged()) {
        let Some(value) = own_value(facts, schema.traits, after) else {
            continue;
        };
        let format = required_format(schema, facts, &value);
        each_scalar(&value, &facts.path(), &mut |path, scalar| {
            let path = &schema.hiding(path, Some(after));
            let Some(problem) = problem(path, scalar, format) else {
                return;
            };
            // Kratos accepts a value that is already stored, such as another member of an object that
            // holds an identifier. The check may have found the same problem of the `format`.
            let is_stored = json_eq(before.at(path.segments()), Some(scalar));
            if !is_stored && !problems.contains(&problem) {
                problems.push(problem);
            }
        });
    }
    problems.extend(removed_last_identifiers(schema, before, after));
}

fn problem(path: &TraitPath, scalar: &Json<'_>, format: Option<&str>) -> Option<Problem> {
    let cannot_be = |what| {
        let reason = format!("an identifier or address cannot be {what}");
        Some(Problem::invalid(path.clone(), reason))
    };
    match (scalar.kind(), format) {
        (Kind::Null, _) => cannot_be("null"),
        (Kind::String(text), _) if text.trim().is_empty() => cannot_be("empty"),
        (Kind::String(text), Some(format)) => format_problem(path, format, text),
        _ => None,
    }
}

/// The format of JSON Schema that Kratos requires of the trait because of its roles.
///
/// A `format` of the trait takes precedence over the channel. An identifier of `code` by e-mail only has to match
/// that; one by SMS must always be a phone number.
///
/// Source: K-ident-3 and K-ident-4, `identity/extension_*.go` and `x/normalize.go`; tested on Kratos v1.3.1.
fn required_format(schema: &Schema, facts: &TraitFacts, value: &Json<'_>) -> Option<&'static str> {
    // The facts do not tell which member of an object is the address.
    if !matches!(value.kind(), Kind::String(_) | Kind::Array(_)) {
        return None;
    }
    let declared = declared_format(schema.rules()?, facts);
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

/// A problem for each trait that loses the last identifier of a credential.
///
/// Source: K-ident-8, `identity/extension_credentials.go`.
fn removed_last_identifiers(schema: &Schema, before: &Json<'_>, after: &Json<'_>) -> Vec<Problem> {
    let all = schema.traits;
    let mut problems = Vec::new();
    for credential in [Credential::Password, Credential::Webauthn, Credential::Code] {
        let identifies = |facts: &&TraitFacts| {
            let mut credentials = facts.roles.iter().filter_map(|role| role.identifies());
            credentials.any(|one| one == credential)
        };
        // A null or blank value is another problem: it is still a value.
        let has_value = |facts: &TraitFacts, document| {
            own_value(facts, all, document).is_some_and(|value| contains_scalar(&value))
        };
        let identifying: Vec<_> = all.iter().filter(identifies).collect();
        if identifying.iter().any(|facts| has_value(facts, after)) {
            continue;
        }
        let lost = identifying.iter().filter(|facts| has_value(facts, before));
        problems.extend(lost.map(|facts| {
            let reason = format!(
                "the last identifier of {credential} cannot be removed: Kratos would keep it for login"
            );
            Problem::invalid(facts.path(), reason)
        }));
    }
    problems
}

fn contains_scalar(value: &Json<'_>) -> bool {
    let mut found = false;
    each_scalar(value, &TraitPath::ROOT, &mut |_, _| found = true);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::MessageId;
    use crate::traits::raw::RawTraits;

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
        add_problems(&SCHEMA, &touched, &before.json(), &after.json(), &mut found);
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

    /// Tested on Kratos v1.3.1: the identifiers of `ΟΔΟΣ` and `İ` are `οδοσ` and `i`.
    #[test]
    fn letters_are_lowercased_as_in_go() {
        let same = |a: &str, b: &str| {
            let [a, b] = [a, b].map(|text| Json::new(Kind::String(text.into())));
            let of = |value| normalised(Role::PasswordIdentifier, Some(value));
            of(&a) == of(&b)
        };
        assert!(same("ΟΔΟΣ", "οδοσ"));
        assert!(!same("ΟΔΟΣ", "οδος"));
        assert!(same("İ", "i"));
        assert!(same("Straße", "STRAßE") && !same("Straße", "STRASSE"));
    }
}
