//! Who is logged in: sessions, and `GET /sessions/whoami`.

use std::fmt;

use serde_json::value::RawValue;

use crate::http::timestamp::Timestamp;
use crate::http::wire::{Object, open_enum};
use crate::identity::Identity;
use crate::traits::document::ReadTraits;

mod whoami;

pub(crate) use self::whoami::read;
pub use self::whoami::{Whoami, WhoamiOutcome};

/// A session, as Kratos shows it. Its token is no part of it.
///
/// Nothing but the id has to be there; whatever else is absent, null or of a form that we do not know
/// is `None` or empty here.
#[derive(Clone)]
#[non_exhaustive]
pub struct Session<T> {
    /// The id of the session.
    pub id: String,
    /// Whether the session is valid.
    pub active: bool,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When the person proved last who they are: at login, or at a later login within the session.
    pub authenticated_at: Option<Timestamp>,
    /// When it began.
    pub issued_at: Option<Timestamp>,
    /// How well the person has proved who they are.
    pub aal: Option<Aal>,
    /// Every proof that the person gave.
    pub authentication_methods: Vec<AuthenticationMethod>,
    /// The person; not shown while a second factor is missing.
    pub identity: Option<Identity<T>>,
}

impl<T> fmt::Debug for Session<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .field("active", &self.active)
            .field("authenticated_at", &self.authenticated_at)
            .field("aal", &self.aal)
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

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
    pub(crate) fn read(object: &Object<'_>) -> Self {
        Self {
            method: object.get("method"),
            aal: object.get("aal"),
            completed_at: object.get("completed_at"),
            provider: object.get("provider"),
            organization: object.get("organization"),
        }
    }
}

impl<T: ReadTraits> Session<T> {
    /// `Err` says what is wrong with it.
    pub(crate) fn read(raw: &RawValue) -> Result<Self, &'static str> {
        let object = Object::read(raw).ok_or("it is no session")?;
        let identity = object.raw("identity").map(|identity| {
            Identity::read(identity).ok_or("the identity has no id, or its traits are no object")
        });
        let methods = object.objects("authentication_methods");
        Ok(Self {
            id: object.get("id").ok_or("the session has no id")?,
            // Kratos shows no session that is not, so whatever leaves it out means that it is.
            active: object.get("active").unwrap_or(true),
            expires_at: object.get("expires_at"),
            authenticated_at: object.get("authenticated_at"),
            issued_at: object.get("issued_at"),
            aal: object.get("authenticator_assurance_level"),
            authentication_methods: methods
                .map(|method| AuthenticationMethod::read(&method))
                .collect(),
            identity: identity.transpose()?,
        })
    }
}
