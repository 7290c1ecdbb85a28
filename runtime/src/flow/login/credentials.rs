//! What a person logs in with, and the body that it makes.

use serde::Serialize;

use super::secret::Secret;

/// What is submitted.
#[derive(Clone, Debug)]
pub(super) enum Credentials {
    Password(Secret),
    /// Asks for a code.
    SendCode,
    /// Asks for another one, in the same flow.
    ResendCode,
    /// A code that was sent.
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
    /// Whether a code is asked for.
    pub(super) fn ask_for_a_code(&self) -> bool {
        matches!(self, Self::SendCode | Self::ResendCode)
    }

    /// The body of the submit, for the person with this identifier.
    pub(super) fn body(&self, identifier: Option<&str>) -> Vec<u8> {
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
        // Text always has a JSON form.
        serde_json::to_vec(&body).unwrap_or_default()
    }
}
