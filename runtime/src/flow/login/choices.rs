//! In which ways a login flow lets a person log in.

use std::fmt;

/// In which ways a person can log in, as a login flow offers them: for the form to show.
///
/// `Debug` shows the methods only: the rest are addresses.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginChoices {
    /// The methods, in Kratos's order. Empty when there is none: of a second factor, when the person
    /// has none.
    pub methods: Vec<LoginMethod>,
    /// The identifier that Kratos fills in for a fresh login; `None` when the person must say it (so
    /// it is where logins by code are switched on).
    pub identifier: Option<String>,
    /// The addresses that a code can be sent to, where Kratos lists them: as a second factor.
    pub addresses: Vec<String>,
}

impl fmt::Debug for LoginChoices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginChoices")
            .field("methods", &self.methods)
            .finish_non_exhaustive()
    }
}

/// A way to log in: a group of nodes of a login flow (`ui/node/node.go`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LoginMethod {
    /// Identifier and password.
    Password,
    /// A code that Kratos sends by e-mail or text message. Kratos v1.3.1 offers it to people who
    /// cannot use it, too.
    Code,
    /// A code of an authenticator app.
    Totp,
    /// A backup code, used once.
    LookupSecret,
    /// A security key; needs a browser.
    WebAuthn,
    /// A passkey; needs a browser.
    Passkey,
    /// Social sign-in; needs a browser.
    Oidc,
    /// Another one, by the name of its group.
    Other(String),
}

impl LoginMethod {
    pub(super) fn from_group(group: &str) -> Option<Self> {
        Some(match group {
            // What all methods share: the CSRF token, the identifier.
            "" | "default" => return None,
            "password" => Self::Password,
            "code" => Self::Code,
            "totp" => Self::Totp,
            "lookup_secret" => Self::LookupSecret,
            "webauthn" => Self::WebAuthn,
            "passkey" => Self::Passkey,
            "oidc" => Self::Oidc,
            other => Self::Other(other.to_owned()),
        })
    }
}
