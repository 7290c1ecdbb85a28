//! Logins: a fresh one for a change that waits for it, the second factor, and a first one.

use std::fmt;

use super::call::Call;
use super::public::PublicClient;
use crate::http::SessionToken;
use crate::login::{CodeSent, LoginAttempt, LoginOffer, Secret, SessionLogin};

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
            login: SessionLogin::native(self.server.clone(), session.clone()),
        }
    }
}

/// A login within a session; see [`PublicClient::login`].
#[derive(Clone)]
#[must_use = "nobody logs in before a call of it is sent"]
pub struct Login<'a, H> {
    client: &'a PublicClient<H>,
    login: SessionLogin,
}

impl<H> fmt::Debug for Login<'_, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").finish_non_exhaustive()
    }
}

/// See [`SessionLogin`] for what each of them does.
impl<'a, H> Login<'a, H> {
    /// [`SessionLogin::identifier`]
    pub fn identifier(mut self, identifier: impl Into<String>) -> Self {
        self.login = self.login.identifier(identifier);
        self
    }

    /// [`SessionLogin::refresh_choices`]
    pub fn refresh_choices(self) -> Call<'a, H, LoginOffer> {
        self.client.call(self.login.refresh_choices())
    }

    /// [`SessionLogin::second_factor_choices`]
    pub fn second_factor_choices(self) -> Call<'a, H, LoginOffer> {
        self.client.call(self.login.second_factor_choices())
    }

    /// [`SessionLogin::refresh_with_password`]
    pub fn refresh_with_password(self, password: impl Into<Secret>) -> Call<'a, H, LoginAttempt> {
        self.client.call(self.login.refresh_with_password(password))
    }

    /// [`SessionLogin::refresh_with_code`]
    pub fn refresh_with_code(self) -> Call<'a, H, LoginAttempt> {
        self.client.call(self.login.refresh_with_code())
    }

    /// [`SessionLogin::second_factor_totp`]
    pub fn second_factor_totp(self, code: impl Into<Secret>) -> Call<'a, H, LoginAttempt> {
        self.client.call(self.login.second_factor_totp(code))
    }

    /// [`SessionLogin::second_factor_lookup`]
    pub fn second_factor_lookup(self, code: impl Into<Secret>) -> Call<'a, H, LoginAttempt> {
        self.client.call(self.login.second_factor_lookup(code))
    }

    /// [`SessionLogin::second_factor_code`]
    pub fn second_factor_code(self) -> Call<'a, H, LoginAttempt> {
        self.client.call(self.login.second_factor_code())
    }

    /// [`SessionLogin::submit_code`]
    pub fn submit_code(
        self,
        sent: &CodeSent,
        code: impl Into<Secret>,
    ) -> Call<'a, H, LoginAttempt> {
        self.client.call(self.login.submit_code(sent, code))
    }

    /// [`SessionLogin::resend_code`]
    pub fn resend_code(self, sent: &CodeSent) -> Call<'a, H, LoginAttempt> {
        self.client.call(self.login.resend_code(sent))
    }
}
