//! What only the person knows.

use secrecy::{ExposeSecret, SecretString};

/// A password, or a code, as a person typed it: never shown, and wiped from memory when dropped.
///
/// ```
/// use kratos_traits::flow::Secret;
///
/// let password = Secret::from("correct horse battery staple".to_owned());
/// assert!(!format!("{password:?}").contains("horse"));
/// ```
#[derive(Clone, Debug)]
pub struct Secret(SecretString);

impl Secret {
    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(SecretString::from(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(SecretString::from(text))
    }
}
