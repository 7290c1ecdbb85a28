//! Identifiers and addresses, derived from the traits by the roles in a schema.
//!
//! Source: K-ident-1 to K-ident-10, `identity/extension_*.go` and `x/normalize.go` of Kratos v1.3.1.

use std::collections::BTreeSet;

use serde_json::Value;

use kratos_traits::{Channel, RawTraits, Role, Schema, TraitPath};

/// The identifiers and addresses of some traits.
#[derive(Default)]
pub(super) struct Derived {
    pub(super) identifiers: Identifiers,
    pub(super) verifiable: Vec<(Channel, String)>,
    pub(super) recovery: Vec<(Channel, String)>,
}

/// The identifiers of each credential.
#[derive(Default)]
pub(super) struct Identifiers {
    pub(super) password: BTreeSet<String>,
    webauthn: BTreeSet<String>,
    pub(super) code: BTreeSet<String>,
}

impl Derived {
    /// Derives them by the roles. In an array, every element has the role; values other than text,
    /// numbers and `null` are skipped.
    pub(super) fn of(schema: &Schema, traits: &RawTraits) -> Self {
        let mut derived = Self::default();
        for facts in schema.traits {
            let path = TraitPath::new(facts.path.iter().copied());
            let Some(raw) = traits.get(&path) else {
                continue;
            };
            let texts = match serde_json::from_str(raw.get()) {
                Ok(Value::Array(items)) => items.iter().filter_map(text).collect(),
                Ok(value) => text(&value).into_iter().collect(),
                Err(_) => Vec::new(),
            };
            for text in &texts {
                for role in facts.roles {
                    derived.take(*role, text);
                }
            }
        }
        derived
    }

    fn take(&mut self, role: Role, text: &str) {
        let Identifiers {
            password,
            webauthn,
            code,
        } = &mut self.identifiers;
        match role {
            Role::PasswordIdentifier => _ = password.insert(lowercase(text)),
            Role::WebauthnIdentifier => _ = webauthn.insert(lowercase(text)),
            Role::CodeIdentifier(via) => _ = code.insert(code_address(via, text)),
            Role::Verification(via) => add(&mut self.verifiable, via, address(via, text)),
            Role::Recovery(via) => add(&mut self.recovery, via, address(via, text)),
            _ => {}
        }
    }
}

impl Identifiers {
    fn pairs<'a>(&'a self, other: &'a Self) -> [(&'a BTreeSet<String>, &'a BTreeSet<String>); 3] {
        [
            (&self.password, &other.password),
            (&self.webauthn, &other.webauthn),
            (&self.code, &other.code),
        ]
    }

    /// Whether the stored identifiers would change. A credential without derived identifiers keeps
    /// its own; a derived identifier with surrounding blanks differs from the stored, trimmed one.
    pub(super) fn would_change(&self, derived: &Self) -> bool {
        (self.pairs(derived).iter())
            .any(|(stored, derived)| !derived.is_empty() && stored != derived)
    }

    /// Whether both have an identifier of one credential.
    pub(super) fn overlap(&self, derived: &Self) -> bool {
        (self.pairs(derived).iter())
            .any(|(stored, derived)| derived.iter().any(|one| stored.contains(&normalized(one))))
    }

    /// Whether this is one of the stored identifiers.
    pub(super) fn hold(&self, identifier: &str) -> bool {
        let identifier = normalized(identifier);
        let all = [&self.password, &self.webauthn, &self.code];
        all.iter().any(|stored| stored.contains(&identifier))
    }

    /// Whether one of them is empty or blank.
    pub(super) fn has_empty(&self) -> bool {
        (self.pairs(self).iter())
            .any(|(derived, _)| derived.iter().any(|one| one.trim().is_empty()))
    }

    /// Stores the derived identifiers.
    pub(super) fn replace(&mut self, derived: Self) {
        let stored = |set: BTreeSet<String>| set.iter().map(|one| normalized(one)).collect();
        for (held, derived) in [
            (&mut self.password, derived.password),
            (&mut self.webauthn, derived.webauthn),
            (&mut self.code, derived.code),
        ] {
            if !derived.is_empty() {
                *held = stored(derived);
            }
        }
    }
}

/// An identifier as it is stored.
pub(super) fn normalized(identifier: &str) -> String {
    phone(identifier).unwrap_or_else(|| lowercase(identifier.trim()))
}

/// The text of a value. Kratos formats it with `%s`, so `null` becomes an identifier too.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => Some("%!s(<nil>)".to_owned()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn code_address(via: Channel, text: &str) -> String {
    match via {
        Channel::Sms => phone(text).unwrap_or_else(|| text.to_owned()),
        _ => lowercase(text.trim()),
    }
}

fn address(via: Channel, text: &str) -> String {
    match via {
        Channel::Sms => text.trim().to_owned(),
        _ => lowercase(text.trim()),
    }
}

/// Lower case as in Go, letter by letter: a `Σ` at the end of a word becomes `σ`, and an `İ` becomes `i`.
///
/// Source: K-ident-5, `strings.ToLower` in `identity/extension_credentials.go`.
fn lowercase(text: &str) -> String {
    text.chars()
        .filter_map(|letter| letter.to_lowercase().next())
        .collect()
}

/// A phone number with a country code, without the separators between its digits.
fn phone(text: &str) -> Option<String> {
    let digits = text.trim().strip_prefix('+')?;
    let between = |c: char| matches!(c, ' ' | '-' | '.' | '(' | ')' | '/');
    if !digits.chars().all(|c| c.is_ascii_digit() || between(c)) {
        return None;
    }
    Some(format!("+{}", digits.replace(between, "")))
}

fn add(addresses: &mut Vec<(Channel, String)>, via: Channel, value: String) {
    if !addresses.iter().any(|one| *one == (via, value.clone())) {
        addresses.push((via, value));
    }
}
