//! The identifiers and addresses of an identity: Kratos derives them from the traits, by the schema of the server.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::fmt;

use super::Identity;
use crate::json::{Json, Kind};
use crate::kratos::identifiers::lowercase;

/// Identifiers and addresses, as Kratos returns them. `Debug` shows only how many there are.
#[derive(Clone, Default)]
pub(crate) struct Derived(BTreeSet<String>);

impl<T> Identity<T> {
    /// The addresses, and the identifiers of credentials, which only the admin API returns.
    pub(crate) fn derived(&self) -> Derived {
        let mut found = BTreeSet::new();
        found.extend(
            self.verifiable_addresses
                .iter()
                .map(|one| one.value.clone()),
        );
        found.extend(self.recovery_addresses.iter().map(|one| one.value.clone()));
        let raw = Json::read(&self.raw);
        let credentials = raw.get("credentials").and_then(Json::members);
        for (_, credential) in credentials.into_iter().flat_map(|all| all.iter()) {
            let identifiers = credential.get("identifiers").and_then(Json::items);
            let texts = identifiers.into_iter().flatten().filter_map(Json::as_str);
            found.extend(texts.map(str::to_owned));
        }
        Derived(found)
    }

    /// Tells whether a value of the traits is an identifier or address. They are read at the first question: a privileged update asks
    /// none.
    pub(crate) fn derives(&self) -> impl Fn(&Json<'_>) -> bool {
        let derived = LazyCell::new(|| self.derived());
        move |value| derived.contains(value)
    }
}

impl Derived {
    /// Whether a value of the traits is one of them, compared as Kratos normalises it.
    ///
    /// Source: `x/normalize.go` and `NormalizeIdentifier` in `persistence/sql/identity/persister_identity.go`. Spellings that only
    /// versions after v26.2.0 take for equal (PRECIS) are not.
    pub(crate) fn contains(&self, value: &Json<'_>) -> bool {
        let text = match value.kind() {
            Kind::String(text) => text.to_string(),
            // Kratos formats other scalars as text.
            Kind::Number(text) => (*text).to_owned(),
            _ => return false,
        };
        let text = normalised(&text);
        !text.is_empty() && self.0.iter().any(|one| normalised(one) == text)
    }

    /// Those that `before` lacks.
    pub(crate) fn added_to(&self, before: &Self) -> Self {
        Self(self.0.difference(&before.0).cloned().collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Trimmed, in lower case, and for a phone number without blanks and punctuation.
fn normalised(text: &str) -> String {
    let text = text.trim();
    if let Some(number) = text.strip_prefix('+')
        && !number.contains(char::is_alphabetic)
    {
        let digits = number.chars().filter(char::is_ascii_digit);
        return std::iter::once('+').chain(digits).collect();
    }
    lowercase(text)
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} identifiers and addresses", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_as_kratos_stores_them() {
        let texts = ["ada@example.org", "+49301234567", "Countess", ""];
        let derived = Derived(texts.map(str::to_owned).into());
        for (text, expected) in [
            ("ada@example.org", true),
            (" ADA@Example.org\t", true),
            ("+49 30 / 1234567", true),
            ("COUNTESS ", true),
            ("countess2", false),
            ("49301234567", false),
            ("", false),
        ] {
            let value = Json::new(Kind::String(text.into()));
            assert_eq!(derived.contains(&value), expected, "{text:?}");
        }
        assert!(!derived.contains(&Json::null()));
        assert_eq!(format!("{derived:?}"), "4 identifiers and addresses");
    }
}
