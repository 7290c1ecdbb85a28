//! How a person proved who they are.

use crate::wire::object::Object;
use crate::wire::open_enum::open_enum;
use crate::wire::timestamp::Timestamp;

open_enum! {
    /// How well a person has proved who they are: the authenticator assurance level.
    Aal {
        /// Not at all:
        Aal0 = "aal0",
        /// With one factor:
        Aal1 = "aal1",
        /// With two factors:
        Aal2 = "aal2",
        /// Set apart by Kratos for later:
        Aal3 = "aal3",
    }
}

open_enum! {
    /// A way to prove who one is: in the proofs of a session, and among those that a login flow offers.
    Method {
        /// A password:
        Password = "password",
        /// A one-time code by e-mail or text message:
        Code = "code",
        /// An account elsewhere, by OpenID Connect:
        Oidc = "oidc",
        /// An account elsewhere, by SAML:
        Saml = "saml",
        /// An authenticator app:
        Totp = "totp",
        /// One of the codes that were written down before:
        LookupSecret = "lookup_secret",
        /// A security key:
        Webauthn = "webauthn",
        /// A passkey:
        Passkey = "passkey",
        /// A recovery link:
        LinkRecovery = "link_recovery",
        /// A recovery code:
        CodeRecovery = "code_recovery",
    }
}

/// One proof that a person gave.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthenticationMethod {
    /// The way.
    pub method: Option<Method>,
    /// The level that it counts for.
    pub aal: Option<Aal>,
    /// When.
    pub completed_at: Option<Timestamp>,
    /// The id of the provider, where the account elsewhere is.
    pub provider: Option<String>,
    /// The id of the organization, when the person logged in through one.
    pub organization: Option<String>,
}

impl AuthenticationMethod {
    pub(super) fn read(object: &Object<'_>) -> Self {
        Self {
            method: object.get("method"),
            aal: object.get("aal"),
            completed_at: object.get("completed_at"),
            provider: object.get("provider"),
            organization: object.get("organization"),
        }
    }
}
