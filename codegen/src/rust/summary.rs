//! What the schema and Kratos ask of a value, in one line.

use super::markdown::{code, escaped};
use crate::model::Docs;
use crate::schema::{Channel, Role, Rule, Value};

/// What the schema and Kratos ask of the value.
pub(crate) fn summary(docs: &Docs<'_>, roles: &[Role]) -> String {
    let mut out = String::new();
    if let Some(format) = docs.format {
        out.push_str("Format ");
        out.push_str(&code(format).unwrap_or_else(|| escaped(format)));
        out.push('.');
    }
    let rules: Vec<String> = docs.rules.iter().filter_map(rule).collect();
    if !rules.is_empty() {
        sentence(&mut out, &rules.join(", "));
    }
    if !roles.is_empty() {
        let mut words = role_words(roles).join("; ");
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        sentence(&mut out, &words);
    }
    out
}

fn sentence(out: &mut String, words: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(words);
    out.push('.');
}

fn rule(rule: &Rule<'_>) -> Option<String> {
    let value = match &rule.value.value {
        Value::Number(text) => (*text).into(),
        Value::Bool(true) => return Some(format!("`{}`", rule.keyword)),
        Value::String(text) => code(text)?,
        _ => return None,
    };
    Some(format!("`{}` {value}", rule.keyword))
}

fn role_words(roles: &[Role]) -> Vec<String> {
    let mut identifiers = String::new();
    let mut words = Vec::new();
    for role in roles {
        let credential = match role {
            Role::PasswordIdentifier => "`password`",
            Role::WebauthnIdentifier => "`webauthn`",
            Role::CodeIdentifier(Channel::Email) => "`code` by e-mail",
            Role::CodeIdentifier(Channel::Sms) => "`code` by SMS",
            Role::TotpAccountName => {
                words.push("account name of `totp`".into());
                continue;
            }
            Role::PasskeyDisplayName => {
                words.push("display name of `passkey`".into());
                continue;
            }
            Role::Verification(channel) => {
                words.push(format!("verified by {}", by(*channel)));
                continue;
            }
            Role::Recovery(channel) => {
                words.push(format!("recovery by {}", by(*channel)));
                continue;
            }
            Role::OrganizationMatcher => {
                words.push("tells the organization".into());
                continue;
            }
        };
        identifiers.push_str(if identifiers.is_empty() {
            "identifier of "
        } else {
            ", "
        });
        identifiers.push_str(credential);
    }
    if !identifiers.is_empty() {
        words.insert(0, identifiers);
    }
    words
}

fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "e-mail",
        Channel::Sms => "SMS",
    }
}
