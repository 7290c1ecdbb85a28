//! What Kratos does with identifiers and addresses, as far as an update must know it.

use serde_json::{Value, json};

use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::{Channel, Credential, Role, TraitFacts};
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

/// Every string, number and so on in a value, with its path: an identifier or address may be the
/// value itself, or lie in the items of an array and the members of an object.
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

/// What identifies in this role, as Kratos compares it. Which member of an inner object does, the
/// facts do not say: each of them counts.
///
/// Source: `x/normalize.go` and `identity/extension_*.go`, up to v26.2.0.
pub(crate) fn normalised(role: Role, value: Option<&Value>) -> Vec<Value> {
    let text = |text: &str| match channel(role) {
        None => text.to_lowercase(),
        Some(Channel::Email) => text.trim().to_lowercase(),
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

/// The value of a trait without the members that are traits of their own.
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

/// What Kratos would choke on, or take without saying what it does:
///
/// - an empty identifier is answered with HTTP 500;
/// - `null` becomes the identifier `%!s(<nil>)`;
/// - a removed last identifier of a credential stays the name to log in with.
pub(crate) fn problems(
    all: &'static [TraitFacts],
    touched: &[&'static TraitFacts],
    before: &RawTraits,
    after: &RawTraits,
) -> Vec<Problem> {
    let mut found = Vec::new();
    for facts in touched {
        if let Some(value) = own_value(facts, all, after)
            && facts.roles.iter().any(|role| role.is_privileged())
        {
            let path = path_of(facts);
            unusable(&value, &path, before.value(&path).as_ref(), &mut found);
        }
    }
    for credential in [Credential::Password, Credential::Webauthn, Credential::Code] {
        let had = identifying(all, credential, before);
        if identifying(all, credential, after).is_empty() {
            // Null and blank have been refused above.
            let gone = had.into_iter().filter(|facts| {
                own_value(facts, all, after).is_none_or(|value| !holds_value(&value))
            });
            found.extend(gone.map(|facts| last_identifier(path_of(facts), credential)));
        }
    }
    found
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

/// Whether there is anything in it but empty arrays and objects.
fn holds_value(value: &Value) -> bool {
    let mut any = false;
    each_inside(value, &TraitPath::ROOT, &mut |_, _| any = true);
    any
}

fn unusable(value: &Value, holder: &TraitPath, before: Option<&Value>, found: &mut Vec<Problem>) {
    each_inside(value, holder, &mut |path, inner| {
        let what = match inner {
            Value::Null => "null",
            Value::String(text) if text.trim().is_empty() => "empty",
            _ => return,
        };
        // A value that Kratos has taken already is none that it chokes on: another member of an
        // object that holds an identifier.
        let inside = path.segments().iter().skip(holder.segments().len());
        let stored = inside.fold(before, |here, name| match here? {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            here => here.get(name),
        });
        if stored != Some(inner) {
            let reason = format!("an identifier or address cannot be {what}");
            found.push(problem(path.clone(), reason));
        }
    });
}

fn path_of(facts: &TraitFacts) -> TraitPath {
    TraitPath::new(facts.path.iter().copied())
}

fn last_identifier(path: TraitPath, credential: Credential) -> Problem {
    let reason = format!(
        "the last identifier of {credential} cannot be removed: the person would go on to log in with it"
    );
    problem(path, reason)
}

fn problem(path: TraitPath, reason: String) -> Problem {
    let context = json!({ "reason": reason });
    Problem {
        path,
        message: Message {
            id: MessageId::INVALID,
            text: reason,
            context: context.as_object().cloned().unwrap_or_default(),
        },
    }
}
