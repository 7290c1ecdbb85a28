//! The rules of Kratos about identifiers and addresses that matter for an update.

use serde_json::Value;

use super::channel;
use crate::check::Rules;
use crate::json::path::TraitPath;
use crate::problem::Problem;
use crate::traits::facts::{Channel, Credential, Role, Schema, TraitFacts};
use crate::traits::raw::RawTraits;

/// Calls `visit` with every scalar in a value and its path: an identifier or address may be the value itself, an
/// item of an array or a member of an object.
pub(crate) fn each_inside(
    value: &Value,
    path: &TraitPath,
    visit: &mut impl FnMut(&TraitPath, &Value),
) {
    match value {
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                each_inside(item, &path.child(position.to_string()), visit);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                each_inside(member, &path.child(name), visit);
            }
        }
        scalar => visit(path, scalar),
    }
}

/// The values with this role, as Kratos compares them. The facts do not tell which member of an inner
/// object has the role, so all of them count.
///
/// Source: `x/normalize.go` and `identity/extension_*.go`, up to v26.2.0.
pub(crate) fn normalised(role: Role, value: Option<&Value>) -> Vec<Value> {
    let text = |text: &str| match channel(role) {
        None => lowercase(text),
        Some(Channel::Email) => lowercase(text.trim()),
        Some(Channel::Sms) => text
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect(),
    };
    let mut found = Vec::new();
    if let Some(value) = value {
        each_inside(value, &TraitPath::ROOT, &mut |_, inner| {
            found.push(match inner {
                Value::String(one) => Value::String(text(one)),
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

/// The value of a trait without its members that are traits.
pub(crate) fn own_value(
    facts: &TraitFacts,
    all: &[TraitFacts],
    traits: &RawTraits,
) -> Option<Value> {
    let mut value = traits.value(&path_of(facts))?;
    if let Value::Object(members) = &mut value {
        let inside = all.iter().filter_map(|one| one.path.split_last());
        for (name, _) in inside.filter(|(_, holder)| *holder == facts.path) {
            members.remove(*name);
        }
    }
    Some(value)
}

pub(crate) fn channel(role: Role) -> Option<Channel> {
    match role {
        Role::CodeIdentifier(channel) | Role::Verification(channel) | Role::Recovery(channel) => {
            Some(channel)
        }
        _ => None,
    }
}

/// Adds problems for changes that Kratos fails at, or accepts with a surprising effect:
///
/// - it answers an empty identifier with HTTP 500;
/// - it turns `null` into the identifier `%!s(<nil>)`;
/// - it refuses a text that is not an e-mail address or phone number, if the channel needs one;
/// - it keeps the last identifier of a credential for login after it is removed.
pub(crate) fn problems(
    schema: &Schema,
    touched: &[&'static TraitFacts],
    before: &RawTraits,
    after: &RawTraits,
    found: &mut Vec<Problem>,
) {
    let all = schema.traits;
    let mut rules = None;
    for facts in touched {
        if let Some(value) = own_value(facts, all, after)
            && facts.roles.iter().any(|role| role.is_privileged())
        {
            let rules = rules.get_or_insert_with(|| Rules::of(schema));
            // The facts do not tell which member of an object is the address.
            let format = match (&value, rules) {
                (Value::String(_) | Value::Array(_), Some(rules)) => {
                    channel::demanded(rules, facts)
                }
                _ => None,
            };
            let path = path_of(facts);
            let stored = before.value(&path);
            unusable(&value, format, &path, stored.as_ref(), found);
        }
    }
    for credential in [Credential::Password, Credential::Webauthn, Credential::Code] {
        let had = identifying(all, credential, before);
        if identifying(all, credential, after).is_empty() {
            // Null and blank values are reported above.
            let gone = had.into_iter().filter(|facts| {
                own_value(facts, all, after).is_none_or(|value| !holds_value(&value))
            });
            found.extend(gone.map(|facts| last_identifier(path_of(facts), credential)));
        }
    }
}

/// The traits that identify the person for the credential.
fn identifying(
    all: &'static [TraitFacts],
    credential: Credential,
    traits: &RawTraits,
) -> Vec<&'static TraitFacts> {
    let identifies = |facts: &&TraitFacts| {
        let mut credentials = facts.roles.iter().filter_map(|role| role.identifies());
        credentials.any(|one| one == credential)
            && own_value(facts, all, traits).is_some_and(|value| holds_value(&value))
    };
    all.iter().filter(identifies).collect()
}

/// Whether it contains anything other than empty arrays and objects.
fn holds_value(value: &Value) -> bool {
    let mut any = false;
    each_inside(value, &TraitPath::ROOT, &mut |_, _| any = true);
    any
}

fn unusable(
    value: &Value,
    format: Option<&str>,
    holder: &TraitPath,
    before: Option<&Value>,
    found: &mut Vec<Problem>,
) {
    let cannot_be = |path: &TraitPath, what| {
        let reason = format!("an identifier or address cannot be {what}");
        Some(Problem::invalid(path.clone(), reason))
    };
    each_inside(value, holder, &mut |path, inner| {
        let new = match (inner, format) {
            (Value::Null, _) => cannot_be(path, "null"),
            (Value::String(text), _) if text.trim().is_empty() => cannot_be(path, "empty"),
            (Value::String(text), Some(format)) => channel::problem(path, format, text),
            _ => None,
        };
        let Some(new) = new else {
            return;
        };
        // Kratos accepts a value that is already stored, such as another member of an object that
        // holds an identifier. A problem of the `format` may have been found before.
        let inside = path.segments().iter().skip(holder.segments().len());
        let stored = inside.fold(before, |here, name| match here? {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            here => here.get(name),
        });
        if stored != Some(inner) && !found.contains(&new) {
            found.push(new);
        }
    });
}

fn path_of(facts: &TraitFacts) -> TraitPath {
    TraitPath::new(facts.path.iter().copied())
}

fn last_identifier(path: TraitPath, credential: Credential) -> Problem {
    let reason = format!(
        "the last identifier of {credential} cannot be removed: Kratos would keep it for login"
    );
    Problem::invalid(path, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tested on Kratos v1.3.1: the identifiers of `ΟΔΟΣ` and `İ` are `οδοσ` and `i`.
    #[test]
    fn letters_are_compared_as_go_makes_them_small() {
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
