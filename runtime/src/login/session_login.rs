//! Which logins there are within a session.

use std::fmt;

use super::attempt::{LoginAttempt, LoginOffer, Purpose};
use super::code_sent::CodeSent;
use super::credentials::{Credentials, Secret};
use crate::http::{PublicUrl, SessionToken};

/// A login within a session: the person proves again who they are, or adds their second factor. The
/// session and its token stay the same.
///
/// Each method makes an [`Exchange`](crate::exchange::Exchange); the methods of
/// [`PublicClient::login`](crate::client::PublicClient::login) are the same, with a client that sends
/// it.
///
/// ```
/// use kratos_traits::SessionToken;
/// use kratos_traits::exchange::Exchange;
/// use kratos_traits::flow::SessionLogin;
///
/// let server = "http://127.0.0.1:4433".parse()?;
/// let session = SessionToken::new("ory_st_0123456789")?;
/// let attempt = SessionLogin::native(server, session).second_factor_totp("123456");
/// let request = attempt.request()?;
/// assert_eq!(request.uri(), "http://127.0.0.1:4433/self-service/login/api?aal=aal2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "nobody logs in before an exchange of it is sent"]
pub struct SessionLogin {
    server: PublicUrl,
    session: SessionToken,
    identifier: Option<String>,
}

impl fmt::Debug for SessionLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionLogin")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

impl SessionLogin {
    /// Of the person who owns the session: native login flows.
    pub fn native(server: PublicUrl, session: SessionToken) -> Self {
        Self {
            server,
            session,
            identifier: None,
        }
    }

    /// Says who logs in, or to which address a code shall go. Without it, Kratos's own proposal is
    /// taken ([`LoginChoices`](crate::flow::LoginChoices)), as far as it has one.
    pub fn identifier(mut self, identifier: impl Into<String>) -> Self {
        self.identifier = Some(identifier.into());
        self
    }

    /// In which ways the person can prove again who they are.
    pub fn refresh_choices(self) -> LoginOffer {
        LoginOffer::of(self.server, Purpose::Refresh(self.session))
    }

    /// Which second factors the person has.
    pub fn second_factor_choices(self) -> LoginOffer {
        LoginOffer::of(self.server, Purpose::SecondFactor(self.session))
    }

    /// Logs in again with the password. Where logins by code are switched on too, Kratos proposes no
    /// identifier, and without one the login is
    /// [`Rejected`](crate::flow::LoginOutcome::Rejected): say [who it is](Self::identifier).
    pub fn refresh_with_password(self, password: impl Into<Secret>) -> LoginAttempt {
        self.start(Purpose::Refresh, Credentials::Password(password.into()))
    }

    /// Asks Kratos to send a code to log in again with
    /// ([`CodeSent`](crate::flow::LoginOutcome::CodeSent)). Logins by code must be switched on there
    /// (`passwordless_enabled`); then it proposes no identifier, so say who it is. A right code
    /// verifies the address that it was sent to.
    pub fn refresh_with_code(self) -> LoginAttempt {
        self.start(Purpose::Refresh, Credentials::SendCode)
    }

    /// Adds the second factor: a code of an authenticator app.
    pub fn second_factor_totp(self, code: impl Into<Secret>) -> LoginAttempt {
        self.start(Purpose::SecondFactor, Credentials::Totp(code.into()))
    }

    /// Adds the second factor: a backup code, used up by it.
    pub fn second_factor_lookup(self, code: impl Into<Secret>) -> LoginAttempt {
        self.start(
            Purpose::SecondFactor,
            Credentials::LookupSecret(code.into()),
        )
    }

    /// Asks Kratos to send a code as the second factor
    /// ([`CodeSent`](crate::flow::LoginOutcome::CodeSent)). Where the person has several addresses,
    /// say to which one.
    pub fn second_factor_code(self) -> LoginAttempt {
        self.start(Purpose::SecondFactor, Credentials::SendCode)
    }

    /// Submits a code that was sent, for whichever login it was.
    pub fn submit_code(self, sent: &CodeSent, code: impl Into<Secret>) -> LoginAttempt {
        let credentials = Credentials::Code(code.into());
        LoginAttempt::go_on(self.server, self.session, sent, credentials)
    }

    /// Asks for another code in the place of the one that was sent.
    pub fn resend_code(self, sent: &CodeSent) -> LoginAttempt {
        LoginAttempt::go_on(self.server, self.session, sent, Credentials::ResendCode)
    }

    fn start(self, purpose: fn(SessionToken) -> Purpose, with: Credentials) -> LoginAttempt {
        let purpose = purpose(self.session);
        LoginAttempt::start(self.server, purpose, self.identifier, with)
    }
}
