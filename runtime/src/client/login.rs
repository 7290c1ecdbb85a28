//! Logins: a fresh one for a change that waits for it, the second factor, and a first one.

use std::fmt;

use super::call::Call;
use super::public::PublicClient;
use crate::exchange::SessionToken;
use crate::flow::login::{Credentials, Purpose};
use crate::flow::{CodeSent, LoginAttempt, LoginOffer, Secret};

impl<H> PublicClient<H> {
    /// Logs in, for a new session. `identifier` is an e-mail address, a user name, whatever the
    /// schema says.
    pub fn login_with_password(
        &self,
        identifier: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Call<'_, H, LoginAttempt> {
        let server = self.server.clone();
        self.call(LoginAttempt::with_password(server, identifier, password))
    }

    /// A login within a session: the person proves again who they are, or adds their second factor.
    /// The session and its token stay the same.
    ///
    /// A change that waits for a login is resumed behind it:
    ///
    /// ```no_run
    /// # #[cfg(feature = "reqwest")]
    /// # mod app {
    /// # use kratos_traits::{Client, Error, IdentityTraits, Outcome, Pending, SessionToken};
    /// use kratos_traits::flow::LoginOutcome;
    ///
    /// # async fn resume<T: IdentityTraits>(
    /// #     client: &Client, session: &SessionToken, pending: Pending<T>, password: String,
    /// # ) -> Result<Option<Outcome<T>>, Error> {
    /// match client.login(session).refresh_with_password(password).await? {
    ///     LoginOutcome::LoggedIn(_) => {
    ///         Ok(Some(client.settings(session).resume(pending).await?))
    ///     }
    ///     other => {
    ///         println!("not logged in: {}", other.name());
    ///         Ok(None)
    ///     }
    /// }
    /// # }
    /// # }
    /// ```
    ///
    /// With a code it takes two steps, with the person's mailbox in between:
    ///
    /// ```no_run
    /// # #[cfg(feature = "reqwest")]
    /// # mod app {
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// use kratos_traits::flow::LoginOutcome;
    ///
    /// # async fn two_steps(client: &Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session).identifier("ada@example.org");
    /// if let LoginOutcome::CodeSent(sent) = login.refresh_with_code().await? {
    ///     // `sent` can be serialised and kept until the person has typed the code.
    ///     let code = "123456".to_owned();
    ///     let outcome = client.login(session).submit_code(&sent, code).await?;
    ///     println!("{}", outcome.name());
    /// }
    /// # Ok(())
    /// # }
    /// # }
    /// ```
    pub fn login(&self, session: &SessionToken) -> Login<'_, H> {
        Login {
            client: self,
            session: session.clone(),
            identifier: None,
        }
    }
}

/// A login within a session; see [`PublicClient::login`].
#[derive(Clone)]
pub struct Login<'a, H> {
    client: &'a PublicClient<H>,
    session: SessionToken,
    identifier: Option<String>,
}

impl<H> fmt::Debug for Login<'_, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").finish_non_exhaustive()
    }
}

impl<'a, H> Login<'a, H> {
    /// Says who logs in, or to which address a code shall go. Without it, Kratos's own proposal is
    /// taken ([`LoginChoices`](crate::flow::LoginChoices)), as far as it has one.
    #[must_use]
    pub fn identifier(mut self, identifier: impl Into<String>) -> Self {
        self.identifier = Some(identifier.into());
        self
    }

    /// In which ways the person can prove again who they are.
    pub fn refresh_choices(self) -> Call<'a, H, LoginOffer> {
        let server = self.client.server.clone();
        let purpose = Purpose::Refresh(self.session);
        self.client.call(LoginOffer::of(server, purpose))
    }

    /// Which second factors the person has.
    pub fn second_factor_choices(self) -> Call<'a, H, LoginOffer> {
        let server = self.client.server.clone();
        let purpose = Purpose::SecondFactor(self.session);
        self.client.call(LoginOffer::of(server, purpose))
    }

    /// Logs in again with the password.
    pub fn refresh_with_password(self, password: impl Into<Secret>) -> Call<'a, H, LoginAttempt> {
        self.refresh(Credentials::Password(password.into()))
    }

    /// Asks Kratos to send a code to log in again with
    /// ([`CodeSent`](crate::flow::LoginOutcome::CodeSent)). Logins by code must be switched on there
    /// (`passwordless_enabled`); then it proposes no identifier, so say who it is. A right code
    /// verifies the address that it was sent to.
    pub fn refresh_with_code(self) -> Call<'a, H, LoginAttempt> {
        self.refresh(Credentials::SendCode)
    }

    /// Adds the second factor: a code of an authenticator app.
    pub fn second_factor_totp(self, code: impl Into<Secret>) -> Call<'a, H, LoginAttempt> {
        self.second_factor(Credentials::Totp(code.into()))
    }

    /// Adds the second factor: a backup code, used up by it.
    pub fn second_factor_lookup(self, code: impl Into<Secret>) -> Call<'a, H, LoginAttempt> {
        self.second_factor(Credentials::LookupSecret(code.into()))
    }

    /// Asks Kratos to send a code as the second factor
    /// ([`CodeSent`](crate::flow::LoginOutcome::CodeSent)). Where the person has several addresses,
    /// say to which one.
    pub fn second_factor_code(self) -> Call<'a, H, LoginAttempt> {
        self.second_factor(Credentials::SendCode)
    }

    /// Submits a code that was sent, for whichever login it was.
    pub fn submit_code(
        self,
        sent: &CodeSent,
        code: impl Into<Secret>,
    ) -> Call<'a, H, LoginAttempt> {
        self.go_on(sent, Credentials::Code(code.into()))
    }

    /// Asks for another code in the place of the one that was sent.
    pub fn resend_code(self, sent: &CodeSent) -> Call<'a, H, LoginAttempt> {
        self.go_on(sent, Credentials::ResendCode)
    }

    fn refresh(self, credentials: Credentials) -> Call<'a, H, LoginAttempt> {
        let purpose = Purpose::Refresh(self.session);
        let server = self.client.server.clone();
        let first = LoginAttempt::start(server, purpose, self.identifier, credentials);
        self.client.call(first)
    }

    fn second_factor(self, credentials: Credentials) -> Call<'a, H, LoginAttempt> {
        let purpose = Purpose::SecondFactor(self.session);
        let server = self.client.server.clone();
        let first = LoginAttempt::start(server, purpose, self.identifier, credentials);
        self.client.call(first)
    }

    fn go_on(self, sent: &CodeSent, credentials: Credentials) -> Call<'a, H, LoginAttempt> {
        let server = self.client.server.clone();
        let first = LoginAttempt::go_on(server, self.session, sent, credentials);
        self.client.call(first)
    }
}
