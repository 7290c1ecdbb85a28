//! What the schema and Kratos ask of a value, in a sentence each.

use super::markdown::{code, escaped};
use crate::model::{Docs, Roles};
use crate::schema::{Channel, Keyword, Role, Rule, Value};

/// What the schema asks of the value, then what Kratos does with it.
pub(crate) fn summary(docs: &Docs<'_>, roles: &Roles<'_>) -> String {
    let mut out = String::new();
    let format = docs.format;
    let format = format
        .map(|format| code(format).unwrap_or_else(|| format!("format {}", escaped(format.trim()))));
    let rules: Vec<String> = format.into_iter().chain(rules(docs.rules)).collect();
    sentence(&mut out, &rules.join(", "));
    sentence(&mut out, &role_words(&roles.own).join("; "));
    if !roles.items.is_empty() {
        let items = role_words(&roles.items).join("; ");
        sentence(&mut out, &format!("what is in it: {items}"));
    }
    for (pattern, roles) in &roles.members {
        let pattern = pattern.and_then(code);
        let names = pattern.map_or_else(String::new, |text| format!(" with a name like {text}"));
        let roles = role_words(roles).join("; ");
        sentence(&mut out, &format!("a member{names}: {roles}"));
    }
    out
}

fn sentence(out: &mut String, words: &str) {
    let mut characters = words.chars();
    let Some(first) = characters.next() else {
        return;
    };
    if !out.is_empty() {
        out.push(' ');
    }
    out.extend(first.to_uppercase());
    out.push_str(characters.as_str());
    out.push('.');
}

/// The rules in words.
fn rules(rules: &[Rule<'_>]) -> Vec<String> {
    let number = |keyword: Keyword| {
        let rule = rules.iter().find(|rule| rule.keyword == keyword)?;
        match rule.value.value {
            Value::Number(text) => Some(text),
            _ => None,
        }
    };
    let text = |keyword: Keyword| {
        let rule = rules.iter().find(|rule| rule.keyword == keyword)?;
        match &rule.value.value {
            Value::String(text) => code(text),
            _ => None,
        }
    };
    let mut words = Vec::new();
    for (unit, least, most) in [
        ("character", Keyword::MinLength, Keyword::MaxLength),
        ("item", Keyword::MinItems, Keyword::MaxItems),
        ("member", Keyword::MinProperties, Keyword::MaxProperties),
    ] {
        words.extend(count(unit, number(least), number(most)));
    }
    let is_unique = |rule: &Rule<'_>| {
        rule.keyword == Keyword::UniqueItems && matches!(rule.value.value, Value::Bool(true))
    };
    if rules.iter().any(is_unique) {
        words.push("all different".into());
    }
    match (
        number(Keyword::Minimum),
        number(Keyword::ExclusiveMinimum),
        number(Keyword::Maximum),
        number(Keyword::ExclusiveMaximum),
    ) {
        (Some(least), None, Some(most), None) => words.push(format!("{least} to {most}")),
        (Some(least), None, None, Some(most)) => words.push(format!("{least} to less than {most}")),
        (least, more, most, less) => {
            for (words_before, limit) in [
                ("at least", least),
                ("more than", more),
                ("at most", most),
                ("less than", less),
            ] {
                words.extend(limit.map(|limit| format!("{words_before} {limit}")));
            }
        }
    }
    words.extend(number(Keyword::MultipleOf).map(|of| format!("a multiple of {of}")));
    for (keyword, what) in [
        (Keyword::Pattern, "pattern"),
        (Keyword::ContentEncoding, "encoded as"),
        (Keyword::ContentMediaType, "of the media type"),
    ] {
        words.extend(text(keyword).map(|text| format!("{what} {text}")));
    }
    words
}

/// How long, or how many.
fn count(unit: &str, least: Option<&str>, most: Option<&str>) -> Option<String> {
    let units = |count: &str| match count {
        "1" => format!("1 {unit}"),
        _ => format!("{count} {unit}s"),
    };
    Some(match (least.filter(|least| *least != "0"), most) {
        (None, None) => return None,
        (Some(least), None) => format!("at least {}", units(least)),
        (None, Some(most)) => format!("at most {}", units(most)),
        (Some(least), Some(most)) if least == most => units(most),
        (Some(least), Some(most)) => format!("{least} to {}", units(most)),
    })
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
