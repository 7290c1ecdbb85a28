//! What a person logs in with.

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

/// The submitted values.
#[derive(Clone, Debug)]
pub(crate) enum Credentials {
    Password(Secret),
    /// Requests a code.
    SendCode,
    /// Requests another code in the same flow.
    ResendCode,
    /// A code that Kratos sent.
    Code(Secret),
    Totp(Secret),
    LookupSecret(Secret),
}

/// The body of a submit (`selfservice/strategy/{password,code,totp,lookup}/.schema/login.schema.json`).
#[derive(Serialize)]
#[serde(tag = "method", rename_all = "snake_case")]
enum Body<'a> {
    Password {
        #[serde(skip_serializing_if = "Option::is_none")]
        identifier: Option<&'a str>,
        password: &'a str,
    },
    Code {
        #[serde(skip_serializing_if = "Option::is_none")]
        identifier: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        resend: Option<&'static str>,
    },
    Totp {
        totp_code: &'a str,
    },
    LookupSecret {
        lookup_secret: &'a str,
    },
}

impl Credentials {
    /// Whether a code is requested.
    pub(crate) fn requests_code(&self) -> bool {
        matches!(self, Self::SendCode | Self::ResendCode)
    }

    /// The body of the submit.
    pub(crate) fn body(&self, identifier: Option<&str>) -> Vec<u8> {
        let code = |code, resend| Body::Code {
            identifier,
            code,
            resend,
        };
        let body = match self {
            Self::Password(password) => Body::Password {
                identifier,
                password: password.expose(),
            },
            Self::SendCode => code(None, None),
            Self::ResendCode => code(None, Some("code")),
            Self::Code(typed) => code(Some(typed.expose()), None),
            Self::Totp(typed) => Body::Totp {
                totp_code: typed.expose(),
            },
            Self::LookupSecret(typed) => Body::LookupSecret {
                lookup_secret: typed.expose(),
            },
        };
        // Serializing strings cannot fail.
        serde_json::to_vec(&body).unwrap_or_default()
    }
}

/// A password or a code that a person entered. `Debug` does not show it, and its memory is overwritten
/// when it is dropped.
///
/// ```
/// use kratos_traits::login::Secret;
///
/// let password = Secret::from("correct horse battery staple".to_owned());
/// assert!(!format!("{password:?}").contains("horse"));
/// ```
#[derive(Clone, Debug)]
pub struct Secret(SecretString);

impl Secret {
    pub(crate) fn expose(&self) -> &str {
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
