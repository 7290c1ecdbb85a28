//! The token of a native session.

use std::fmt;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// The session token of a person who logged in through a native flow (`ory_st_…`).
///
/// It is never shown: not in `Debug`, not in an error. [`expose_secret`](Self::expose_secret) alone hands it out.
#[derive(Clone, Debug)]
pub struct SessionToken(SecretString);

/// The text cannot be a token: it holds what no HTTP header can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidToken;

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a token is visible ASCII text, as it was handed out")
    }
}

impl std::error::Error for InvalidToken {}

/// The text as a secret, if a header can carry it.
pub(crate) fn checked(token: String) -> Result<SecretString, InvalidToken> {
    if !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(SecretString::from(token))
    } else {
        Err(InvalidToken)
    }
}

impl SessionToken {
    /// Takes a token as Kratos handed it out at login.
    ///
    /// # Errors
    ///
    /// The text is empty, or holds a character other than visible ASCII.
    pub fn new(token: impl Into<String>) -> Result<Self, InvalidToken> {
        checked(token.into()).map(Self)
    }

    /// The token in clear, for a native application to keep in the safe of its system until the next
    /// start: whoever has it is the person.
    ///
    /// ```
    /// use kratos_traits::SessionToken;
    ///
    /// let handed_out = SessionToken::new("ory_st_example")?;
    /// let kept = handed_out.expose_secret().to_owned();
    /// assert_eq!(SessionToken::new(kept)?.expose_secret(), "ory_st_example");
    /// assert!(!format!("{handed_out:?}").contains("example"));
    /// # Ok::<(), kratos_traits::exchange::InvalidToken>(())
    /// ```
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether it is the same token.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }

    /// The value of the header `X-Session-Token`, marked as sensitive.
    pub(crate) fn header(&self) -> Result<HeaderValue, http::Error> {
        let mut value = HeaderValue::from_str(self.0.expose_secret())?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// A token for the admin API, as the Ory Network (`ory_pat_…`) or a gateway in front of Kratos asks
/// for: it is sent as `Authorization: Bearer`. Kratos itself asks for none.
///
/// It is never shown: not in `Debug`, not in an error.
#[derive(Clone, Debug)]
pub struct AdminToken(SecretString);

impl AdminToken {
    /// Takes a token as it was handed out.
    ///
    /// # Errors
    ///
    /// The text is empty, or holds a character other than visible ASCII.
    pub fn new(token: impl Into<String>) -> Result<Self, InvalidToken> {
        checked(token.into()).map(Self)
    }

    /// The value of the header `Authorization`, marked as sensitive.
    pub(crate) fn header(&self) -> Result<HeaderValue, http::Error> {
        let mut value = HeaderValue::from_str(&format!("Bearer {}", self.0.expose_secret()))?;
        value.set_sensitive(true);
        Ok(value)
    }
}
