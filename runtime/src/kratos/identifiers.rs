//! Identifiers: how Kratos compares them, and the last identifier of a credential.

use serde_json::Value;

use crate::json::path::TraitPath;
use crate::problem::Problem;
use crate::traits::facts::{Channel, Credential, Role, Schema, TraitFacts};
use crate::traits::raw::RawTraits;

/// The identifiers and addresses in the value of a trait, as Kratos compares them.
///
/// The facts do not tell which member of an object has the role, so all scalars in it count.
///
/// Source: `x/normalize.go` and `identity/extension_*.go`, up to v26.2.0.
pub(crate) fn normalised(role: Role, value: Option<&Value>) -> Vec<Value> {
    let normalize = |text: &str| match role.channel() {
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
            found.push(match scalar {
                Value::String(text) => Value::String(normalize(text)),
                other => other.clone(),
            });
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
pub(crate) fn each_scalar(
    value: &Value,
    path: &TraitPath,
    visit: &mut impl FnMut(&TraitPath, &Value),
) {
    match value {
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                each_scalar(item, &path.child(position.to_string()), visit);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                each_scalar(member, &path.child(name), visit);
            }
        }
        scalar => visit(path, scalar),
    }
}

/// The value of a trait without its members that are traits of their own.
pub(crate) fn own_value(
    facts: &TraitFacts,
    all: &[TraitFacts],
    traits: &RawTraits,
) -> Option<Value> {
    let mut value = traits.value(&facts.path())?;
    if let Value::Object(members) = &mut value {
        let inside = all.iter().filter_map(|one| one.path.split_last());
        for (name, _) in inside.filter(|(_, holder)| *holder == facts.path) {
            members.remove(*name);
        }
    }
    Some(value)
}

/// A problem for each trait that holds the last identifier of a credential and loses it: Kratos would keep the identifier
/// for login.
///
/// Source: `identity/extension_credentials.go`; tested on Kratos v1.3.1.
pub(crate) fn removed_last_identifiers(
    schema: &Schema,
    before: &RawTraits,
    after: &RawTraits,
) -> Vec<Problem> {
    let all = schema.traits;
    let mut problems = Vec::new();
    for credential in [Credential::Password, Credential::Webauthn, Credential::Code] {
        let identifies = |facts: &&TraitFacts| {
            let mut credentials = facts.roles.iter().filter_map(|role| role.identifies());
            credentials.any(|one| one == credential)
        };
        // A null or blank value is another problem: it is still a value.
        let has_value = |facts: &TraitFacts, traits| {
            own_value(facts, all, traits).is_some_and(|value| contains_scalar(&value))
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

fn contains_scalar(value: &Value) -> bool {
    let mut found = false;
    each_scalar(value, &TraitPath::ROOT, &mut |_, _| found = true);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tested on Kratos v1.3.1: the identifiers of `ΟΔΟΣ` and `İ` are `οδοσ` and `i`.
    #[test]
    fn letters_are_lowercased_as_in_go() {
        let same = |a: &str, b: &str| {
            let of = |text| normalised(Role::PasswordIdentifier, Some(&Value::from(text)));
            of(a) == of(b)
        };
        assert!(same("ΟΔΟΣ", "οδοσ"));
        assert!(!same("ΟΔΟΣ", "οδος"));
        assert!(same("İ", "i"));
        assert!(same("Straße", "STRAßE") && !same("Straße", "STRASSE"));
    }
}
