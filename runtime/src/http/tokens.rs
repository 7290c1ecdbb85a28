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

/// The text is not a token of the kind that is needed. The error does not contain the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidToken {
    /// It is empty, or contains characters other than visible ASCII.
    #[error("a token must be visible ASCII text, and not empty")]
    Syntax,
    /// It begins with `Bearer`, like the value of a header `Authorization`.
    #[error("this looks like the value of a header `Authorization`: leave out `Bearer`")]
    Bearer,
    /// It is a cookie, with or without its name.
    #[error(
        "this looks like a cookie of a browser: a server that handles requests of browsers uses `BrowserCookies`; a session \
         token (`ory_st_…`) comes from a native login (`/self-service/login/api`)"
    )]
    Cookie,
    /// It is a JSON Web Token, such as `tokenized` of a session or a token of OAuth2.
    #[error(
        "this looks like a JSON Web Token, which is for other services: Kratos needs the session token (`ory_st_…`) that its \
         login returned"
    )]
    Jwt,
    /// It is a key of an admin API or a token of OAuth2 (`ory_pat_…`, `ory_at_…`), instead of a session token.
    #[error(
        "this looks like an API key or a token of OAuth2: Kratos needs the session token (`ory_st_…`) that its login \
         returned; an API key is an `AdminToken`"
    )]
    NotOfSession,
    /// It is the session token of a person (`ory_st_…`), instead of the key of an admin API.
    #[error(
        "this looks like the session token of a person: the admin API of the Ory Network needs an API key (`ory_pat_…`), and \
         that of a Kratos of your own needs no token"
    )]
    OfSession,
}

impl SessionToken {
    /// Takes the token that Kratos issued at login.
    ///
    /// ```
    /// use kratos_traits::SessionToken;
    ///
    /// assert!(SessionToken::new("ory_st_example").is_ok());
    /// let error = SessionToken::new("Bearer ory_st_example").unwrap_err();
    /// assert!(error.to_string().ends_with("leave out `Bearer`"));
    /// ```
    ///
    /// # Errors
    ///
    /// The text is empty, contains a character other than visible ASCII, or looks like another kind of secret.
    pub fn new(token: impl Into<String>) -> Result<Self, InvalidToken> {
        let token = checked(token.into())?;
        let text = token.expose_secret();
        if is_jwt(text) {
            Err(InvalidToken::Jwt)
        } else if text.starts_with("ory_") && !text.starts_with(SESSION) {
            Err(InvalidToken::NotOfSession)
        } else {
            Ok(Self(token))
        }
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
    /// The text is empty, contains a character other than visible ASCII, or looks like another kind of secret.
    pub fn new(token: impl Into<String>) -> Result<Self, InvalidToken> {
        let token = checked(token.into())?;
        match token.expose_secret().starts_with(SESSION) {
            true => Err(InvalidToken::OfSession),
            false => Ok(Self(token)),
        }
    }

    /// The value of the header `Authorization`, marked as sensitive.
    pub(crate) fn header(&self) -> Result<HeaderValue, http::Error> {
        sensitive(&format!("Bearer {}", self.0.expose_secret()))
    }
}

/// Session tokens begin with this (`session/session.go`); those of old versions have no prefix.
const SESSION: &str = "ory_st_";

fn checked(token: String) -> Result<SecretString, InvalidToken> {
    let start = token.get(.."bearer".len()).unwrap_or_default();
    let rest = token.as_bytes().get("bearer".len());
    if start.eq_ignore_ascii_case("bearer") && rest.is_none_or(u8::is_ascii_whitespace) {
        Err(InvalidToken::Bearer)
    } else if is_cookie(&token) {
        Err(InvalidToken::Cookie)
    } else if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        Err(InvalidToken::Syntax)
    } else {
        Ok(SecretString::from(token))
    }
}

/// Whether the text is a cookie `name=value`, or the value of a session cookie.
///
/// Kratos encodes its cookies as base64url of `time|data|mac` (`gorilla/securecookie`). The decimal digits of the time, which
/// begin with `1`, are `MT…` in base64.
fn is_cookie(text: &str) -> bool {
    let is_name = |name: &str| {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        name.contains("session") && name.bytes().all(letters)
    };
    let named = text.split_once('=').is_some_and(|(name, _)| is_name(name));
    named || (text.len() > 100 && text.starts_with("MT"))
}

/// Whether the text is a JSON Web Token: three parts in base64url, of which the first is a JSON object.
fn is_jwt(text: &str) -> bool {
    text.starts_with("eyJ") && text.split('.').count() == 3
}

fn sensitive(value: &str) -> Result<HeaderValue, http::Error> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(true);
    Ok(value)
}
