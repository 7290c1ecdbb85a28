//! Sessions, as [`Client::whoami`](crate::Client::whoami) returns them.

use std::fmt;
use std::marker::PhantomData;

use http::{Request, Response, StatusCode};
use serde_json::value::RawValue;

use crate::http::answer::{Answer, Envelope};
use crate::http::wire::{Object, open_enum};
use crate::http::{Context, Error, Exchange, LoginUrl, Phase, Refusal, Step, Timestamp};
use crate::identity::Identity;
use crate::traits::document::ReadTraits;

/// A session. It does not contain its token.
///
/// Only the id is required; other members that are absent, null or of an unknown form are `None` or empty.
#[derive(Clone)]
#[non_exhaustive]
pub struct Session<T> {
    /// The id of the session.
    pub id: String,
    /// Whether the session is valid.
    pub active: bool,
    /// When it expires.
    pub expires_at: Option<Timestamp>,
    /// When the person last authenticated, at login or later in the session.
    pub authenticated_at: Option<Timestamp>,
    /// When it started.
    pub issued_at: Option<Timestamp>,
    /// The authenticator assurance level of the session.
    pub aal: Option<Aal>,
    /// How the person has authenticated.
    pub authentication_methods: Vec<AuthenticationMethod>,
    /// The identity; `None` while a second factor is missing.
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
    /// An authenticator assurance level.
    Aal {
        /// No authentication:
        Aal0 = "aal0",
        /// One factor:
        Aal1 = "aal1",
        /// Two factors:
        Aal2 = "aal2",
        /// Reserved by Kratos:
        Aal3 = "aal3",
    }
}

open_enum! {
    /// An authentication method, of a session or offered by a login flow.
    Method {
        /// A password:
        Password = "password",
        /// A one-time code by e-mail or text message:
        Code = "code",
        /// An account of another provider, by OpenID Connect:
        Oidc = "oidc",
        /// An account of another provider, by SAML:
        Saml = "saml",
        /// An authenticator app:
        Totp = "totp",
        /// A backup code:
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

/// One authentication in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthenticationMethod {
    /// The method.
    pub method: Option<Method>,
    /// The assurance level that it counts for.
    pub aal: Option<Aal>,
    /// When it was completed.
    pub completed_at: Option<Timestamp>,
    /// The id of the provider, for an account of another provider.
    pub provider: Option<String>,
    /// The id of the organization, if the person logged in through one.
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
    /// Reads a session; the error is the reason why it is not one.
    pub(crate) fn read(raw: &RawValue) -> Result<Self, &'static str> {
        let object = Object::read(raw).ok_or("expected a session")?;
        let identity = object.raw("identity").map(Identity::read);
        let methods = object.objects("authentication_methods");
        Ok(Self {
            id: object.get("id").ok_or("the session has no id")?,
            // Kratos returns active sessions only.
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

/// The outcome of [`Client::whoami`](crate::Client::whoami).
///
/// The enum is exhaustive on purpose, so that a `match` without `_` handles every response of Kratos.
#[allow(
    clippy::large_enum_variant,
    reason = "there is one at a time, and it is matched at once"
)]
#[derive(Clone)]
#[must_use = "only `WhoamiOutcome::Session` is a session: match on the outcome"]
pub enum WhoamiOutcome<T> {
    /// The session.
    Session(Session<T>),
    /// The session is active, but lacks the second factor that the server's configuration requires
    /// (`session.whoami.required_aal`).
    #[non_exhaustive]
    #[doc(alias = "session_aal2_required")]
    SecondFactorRequired {
        /// Where a browser adds the second factor. A native application does so with
        /// [`Client::login`](crate::Client::login).
        redirect_browser_to: Option<String>,
    },
    /// There is no active session: the person must log in.
    #[doc(alias = "session_inactive")]
    SessionInactive,
    /// Try again later, after [`Refusal::retry_after`]: too many requests (HTTP 429), or the server is not available (503).
    Busy(Refusal),
    /// Kratos refused for another reason.
    Refused(Refusal),
}

impl<T> WhoamiOutcome<T> {
    /// The name of the outcome, for logs and counters: `session`, `session_inactive`, …
    ///
    /// ```
    /// use kratos_traits::WhoamiOutcome;
    ///
    /// assert_eq!(WhoamiOutcome::<()>::SessionInactive.name(), "session_inactive");
    /// ```
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Session(_) => "session",
            Self::SecondFactorRequired { .. } => "second_factor_required",
            Self::SessionInactive => "session_inactive",
            Self::Busy(_) => "busy",
            Self::Refused(_) => "refused",
        }
    }
}

impl<T> fmt::Debug for WhoamiOutcome<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session(session) => f.debug_tuple("Session").field(session).finish(),
            // The URL may contain ids of flows and values of the application.
            Self::SecondFactorRequired { .. } => f
                .debug_struct("SecondFactorRequired")
                .finish_non_exhaustive(),
            Self::SessionInactive => f.write_str("SessionInactive"),
            Self::Busy(refusal) => f.debug_tuple("Busy").field(refusal).finish(),
            Self::Refused(refusal) => f.debug_tuple("Refused").field(refusal).finish(),
        }
    }
}

/// Reads the session.
#[derive(Debug)]
pub(crate) struct Whoami<T> {
    context: Context,
    of: PhantomData<fn() -> T>,
}

impl<T: ReadTraits> Whoami<T> {
    pub(crate) fn new(context: Context) -> Self {
        let of = PhantomData;
        Self { context, of }
    }

    /// Reads the response.
    pub(crate) fn read(&self, response: &Response<Vec<u8>>) -> Result<WhoamiOutcome<T>, Error> {
        let answer = Answer::new(Phase::Whoami, response);
        if answer.status == StatusCode::OK {
            let session = Session::read(answer.read::<&RawValue>("expected a session")?);
            return session
                .map(WhoamiOutcome::Session)
                .map_err(|what| answer.error(what));
        }
        if answer.status.as_u16() < 400 {
            return Err(answer.error("unexpected status for a session"));
        }
        if let Some(refusal) = answer.busy() {
            return Ok(WhoamiOutcome::Busy(refusal));
        }
        let envelope: Envelope = answer.read("expected an error of Kratos")?;
        let id = envelope.error.id.as_deref();
        Ok(match (answer.status.as_u16(), id) {
            (401, _) => WhoamiOutcome::SessionInactive,
            (403, Some("session_aal2_required")) => WhoamiOutcome::SecondFactorRequired {
                redirect_browser_to: self
                    .context
                    .login_url(LoginUrl::second_factor, envelope.redirect_browser_to),
            },
            _ => WhoamiOutcome::Refused(Refusal::read(&answer, envelope)),
        })
    }
}

impl<T: ReadTraits> Exchange for Whoami<T> {
    type Output = WhoamiOutcome<T>;

    fn phase(&self) -> Phase {
        Phase::Whoami
    }

    fn request(&self) -> Result<Request<Vec<u8>>, http::Error> {
        self.context
            .request(http::Method::GET, "/sessions/whoami")?
            .body(Vec::new())
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        self.read(response).map(Step::Done)
    }

    fn outcome(output: &WhoamiOutcome<T>) -> &'static str {
        output.name()
    }
}
