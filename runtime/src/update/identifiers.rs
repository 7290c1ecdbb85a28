//! What Kratos does with identifiers and addresses, as far as an update must know it.

use serde_json::{Value, json};

use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::{Channel, Credential, Role, TraitFacts};
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

/// The value as Kratos compares it in this role; every string of an array.
///
/// Source: `x/normalize.go` and `identity/extension_*.go`, up to v26.2.0.
pub(crate) fn normalised(role: Role, value: &Option<Value>) -> Option<Value> {
    fn each(value: &Value, text: &impl Fn(&str) -> String) -> Value {
        match value {
            Value::String(one) => Value::String(text(one)),
            Value::Array(several) => several.iter().map(|one| each(one, text)).collect(),
            other => other.clone(),
        }
    }
    let value = value.as_ref()?;
    Some(match channel(role) {
        None => each(value, &|text| text.to_lowercase()),
        Some(Channel::Email) => each(value, &|text| text.trim().to_lowercase()),
        Some(Channel::Sms) => each(value, &|text| {
            text.chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .collect()
        }),
    })
}

fn channel(role: Role) -> Option<Channel> {
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
        let path = TraitPath::new(facts.path.iter().copied());
        if let Some(value) = after.value(&path)
            && facts.roles.iter().any(|role| role.is_privileged())
        {
            unusable(&value, &path, &mut found);
        }
    }
    for credential in [Credential::Password, Credential::Webauthn, Credential::Code] {
        let had: Vec<_> = identifying(all, credential, before).collect();
        if !had.is_empty() && identifying(all, credential, after).next().is_none() {
            let gone = had.into_iter().filter(|path| after.value(path).is_none());
            found.extend(gone.map(|path| last_identifier(path, credential)));
        }
    }
    found
}

/// The traits that identify the person for the credential.
fn identifying<'a>(
    all: &'static [TraitFacts],
    credential: Credential,
    traits: &'a RawTraits,
) -> impl Iterator<Item = TraitPath> + 'a {
    all.iter()
        .filter(move |facts| {
            let mut credentials = facts.roles.iter().filter_map(|role| role.identifies());
            credentials.any(|one| one == credential)
        })
        .map(|facts| TraitPath::new(facts.path.iter().copied()))
        .filter(|path| match traits.value(path) {
            None => false,
            Some(Value::Array(items)) => !items.is_empty(),
            Some(_) => true,
        })
}

fn unusable(value: &Value, path: &TraitPath, found: &mut Vec<Problem>) {
    match value {
        Value::Null => found.push(problem(
            path.clone(),
            "an identifier or address cannot be null".to_owned(),
        )),
        Value::String(text) if text.trim().is_empty() => {
            let reason = "an identifier or address cannot be empty".to_owned();
            found.push(problem(path.clone(), reason));
        }
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                unusable(item, &path.child(position.to_string()), found);
            }
        }
        _ => {}
    }
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
