//! The token of an admin API that asks for one.

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::session_token::{InvalidToken, checked};

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
