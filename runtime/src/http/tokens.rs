//! The tokens of the public and of the admin API.

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// The session token of a person who logged in through a native flow (`ory_st_…`).
///
/// `Debug` and errors do not show it; [`expose_secret`](Self::expose_secret) does.
#[derive(Clone, Debug)]
pub struct SessionToken(SecretString);

/// A token for an admin API that requires one, such as that of the Ory Network (`ory_pat_…`) or of a
/// gateway in front of Kratos. It is sent as `Authorization: Bearer`. Kratos itself requires none.
///
/// `Debug` and errors do not show it.
#[derive(Clone, Debug)]
pub struct AdminToken(SecretString);

/// The text is not a token: it is empty, or contains characters other than visible ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a token must be visible ASCII text, and not empty")]
#[non_exhaustive]
pub struct InvalidToken;

impl SessionToken {
    /// Takes the token that Kratos issued at login.
    ///
    /// ```
    /// use kratos_traits::SessionToken;
    ///
    /// assert!(SessionToken::new("ory_st_example").is_ok());
    /// assert!(SessionToken::new("two words").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// The text is empty, or contains a character other than visible ASCII.
    pub fn new(token: impl Into<String>) -> Result<Self, InvalidToken> {
        checked(token.into()).map(Self)
    }

    /// The token as text, for a native application that stores it in the key store of its system.
    /// The token is enough to act as the person.
    ///
    /// ```
    /// use kratos_traits::SessionToken;
    ///
    /// let token = SessionToken::new("ory_st_example")?;
    /// let stored = token.expose_secret().to_owned();
    /// assert_eq!(SessionToken::new(stored)?.expose_secret(), "ory_st_example");
    /// assert!(!format!("{token:?}").contains("example"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether both are the same token.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }

    /// The value of the header `X-Session-Token`, marked as sensitive.
    pub(crate) fn header(&self) -> Result<HeaderValue, http::Error> {
        sensitive(self.0.expose_secret())
    }
}

impl AdminToken {
    /// Takes the token as it was issued.
    ///
    /// ```
    /// use kratos_traits::AdminToken;
    ///
    /// let token = AdminToken::new("ory_pat_example")?;
    /// assert!(!format!("{token:?}").contains("example"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is empty, or contains a character other than visible ASCII.
    pub fn new(token: impl Into<String>) -> Result<Self, InvalidToken> {
        checked(token.into()).map(Self)
    }

    /// The value of the header `Authorization`, marked as sensitive.
    pub(crate) fn header(&self) -> Result<HeaderValue, http::Error> {
        sensitive(&format!("Bearer {}", self.0.expose_secret()))
    }
}

fn checked(token: String) -> Result<SecretString, InvalidToken> {
    if !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(SecretString::from(token))
    } else {
        Err(InvalidToken)
    }
}

fn sensitive(value: &str) -> Result<HeaderValue, http::Error> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(true);
    Ok(value)
}
