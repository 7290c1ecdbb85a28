//! Logins within a session.

use std::fmt;

use super::{Client, blocking};
use crate::http::{BaseUrl, Error, SessionToken};
use crate::login::{
    CodeSent, Credentials, LoginAttempt, LoginChoices, LoginOffer, LoginOutcome, Purpose, Secret,
};

/// A login within a session: the person authenticates again, or adds the second factor. The session and its
/// token stay the same.
///
/// [`Client::login`] and [`blocking::Client::login`](crate::blocking::Client::login) return it. A login with a
/// code takes two steps, between which the person reads their mail:
///
/// ```no_run
/// use kratos_traits::{Client, Error, LoginOutcome, SessionToken};
///
/// # async fn two_steps(client: &Client, session: &SessionToken) -> Result<(), Error> {
/// let login = client.login(session).identifier("ada@example.org");
/// if let LoginOutcome::CodeSent(sent) = login.refresh_with_code().await? {
///     // `sent` can be serialized and stored until the person has entered the code.
///     let code = "123456".to_owned();
///     let outcome = client.login(session).submit_code(&sent, code).await?;
///     println!("{}", outcome.name());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "nothing is sent before a method is called"]
pub struct Login<'a, C> {
    client: &'a C,
    server: BaseUrl,
    session: SessionToken,
    identifier: Option<String>,
}

impl<'a, C> Login<'a, C> {
    pub(super) fn new(client: &'a C, server: &BaseUrl, session: &SessionToken) -> Self {
        Self {
            client,
            server: server.clone(),
            session: session.clone(),
            identifier: None,
        }
    }

    /// Sets who logs in, or the address that a code is sent to. By default it is what Kratos fills in, if
    /// anything ([`LoginChoices`]).
    ///
    /// ```
    /// use kratos_traits::{Client, SessionToken};
    ///
    /// fn example(client: &Client, session: &SessionToken) {
    ///     let _ = client.login(session).identifier("ada@example.org");
    /// }
    /// ```
    pub fn identifier(mut self, identifier: impl Into<String>) -> Self {
        self.identifier = Some(identifier.into());
        self
    }

    fn offer(self, purpose: fn(SessionToken) -> Purpose) -> (&'a C, LoginOffer) {
        let offer = LoginOffer::new(self.server, purpose(self.session));
        (self.client, offer)
    }

    fn attempt(
        self,
        purpose: fn(SessionToken) -> Purpose,
        credentials: Credentials,
    ) -> (&'a C, LoginAttempt) {
        let purpose = purpose(self.session);
        let attempt = LoginAttempt::new(self.server, purpose, self.identifier, credentials);
        (self.client, attempt)
    }

    fn after_code(self, sent: &CodeSent, credentials: Credentials) -> (&'a C, LoginAttempt) {
        let attempt = LoginAttempt::after_code(self.server, self.session, sent, credentials);
        (self.client, attempt)
    }
}

/// With the async client.
impl<'a> Login<'a, Client> {
    /// Reads how the person can log in again.
    ///
    /// The inner error is the outcome if Kratos offers no choices.
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// use kratos_traits::LoginOutcome;
    /// use kratos_traits::login::LoginChoices;
    ///
    /// # async fn example(client: &Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let choices: Result<LoginChoices, LoginOutcome> = login.refresh_choices().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn refresh_choices(
        self,
    ) -> impl Future<Output = Result<Result<LoginChoices, LoginOutcome>, Error>> + use<'a> {
        let (client, exchange) = self.offer(Purpose::Refresh);
        client.core.call(exchange, None)
    }

    /// Reads which second factors the person has.
    ///
    /// The inner error is the outcome if Kratos offers no choices. One is
    /// [`CodeSent`](LoginOutcome::CodeSent): if a code to one address is the only second factor, Kratos after
    /// v1.3.1 sends it at once.
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// use kratos_traits::LoginOutcome;
    /// use kratos_traits::login::LoginChoices;
    ///
    /// # async fn example(client: &Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let choices: Result<LoginChoices, LoginOutcome> = login.second_factor_choices().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn second_factor_choices(
        self,
    ) -> impl Future<Output = Result<Result<LoginChoices, LoginOutcome>, Error>> + use<'a> {
        let (client, exchange) = self.offer(Purpose::SecondFactor);
        client.core.call(exchange, None)
    }

    /// Logs in again with the password.
    ///
    /// If logins by code are enabled too, Kratos fills in no identifier: without
    /// [`identifier`](Self::identifier) the outcome is [`Rejected`](LoginOutcome::Rejected).
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// # async fn example(client: &Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.refresh_with_password("correct horse").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn refresh_with_password(
        self,
        password: impl Into<Secret>,
    ) -> impl Future<Output = Result<LoginOutcome, Error>> {
        let (client, exchange) =
            self.attempt(Purpose::Refresh, Credentials::Password(password.into()));
        client.core.call(exchange, None)
    }

    /// Requests a code for a login; the outcome is [`CodeSent`](LoginOutcome::CodeSent).
    ///
    /// Logins by code must be enabled in Kratos (`passwordless_enabled`); it then fills in no
    /// [`identifier`](Self::identifier). A correct code verifies the address that it was sent to.
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// # async fn example(client: &Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.identifier("ada@example.org").refresh_with_code().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn refresh_with_code(self) -> impl Future<Output = Result<LoginOutcome, Error>> + use<'a> {
        let (client, exchange) = self.attempt(Purpose::Refresh, Credentials::SendCode);
        client.core.call(exchange, None)
    }

    /// Adds the second factor with a code of an authenticator app.
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// # async fn example(client: &Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.second_factor_totp("123456").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn second_factor_totp(
        self,
        code: impl Into<Secret>,
    ) -> impl Future<Output = Result<LoginOutcome, Error>> {
        let (client, exchange) =
            self.attempt(Purpose::SecondFactor, Credentials::Totp(code.into()));
        client.core.call(exchange, None)
    }

    /// Adds the second factor with a backup code, which can be used only once.
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// # async fn example(client: &Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.second_factor_lookup("a1b2c3d4").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn second_factor_lookup(
        self,
        code: impl Into<Secret>,
    ) -> impl Future<Output = Result<LoginOutcome, Error>> {
        let (client, exchange) = self.attempt(
            Purpose::SecondFactor,
            Credentials::LookupSecret(code.into()),
        );
        client.core.call(exchange, None)
    }

    /// Requests a code as the second factor; the outcome is [`CodeSent`](LoginOutcome::CodeSent).
    ///
    /// If the person has several addresses, choose one with [`identifier`](Self::identifier).
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// # async fn example(client: &Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.second_factor_code().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn second_factor_code(self) -> impl Future<Output = Result<LoginOutcome, Error>> + use<'a> {
        let (client, exchange) = self.attempt(Purpose::SecondFactor, Credentials::SendCode);
        client.core.call(exchange, None)
    }

    /// Submits a code that Kratos has sent.
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// use kratos_traits::login::CodeSent;
    ///
    /// # async fn example(client: &Client, session: &SessionToken, sent: &CodeSent) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.submit_code(sent, "123456").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn submit_code(
        self,
        sent: &CodeSent,
        code: impl Into<Secret>,
    ) -> impl Future<Output = Result<LoginOutcome, Error>> {
        let (client, exchange) = self.after_code(sent, Credentials::Code(code.into()));
        client.core.call(exchange, None)
    }

    /// Requests another code instead of one that Kratos has sent.
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, SessionToken};
    /// use kratos_traits::login::CodeSent;
    ///
    /// # async fn example(client: &Client, session: &SessionToken, sent: &CodeSent) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.resend_code(sent).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn resend_code(
        self,
        sent: &CodeSent,
    ) -> impl Future<Output = Result<LoginOutcome, Error>> + use<'a> {
        let (client, exchange) = self.after_code(sent, Credentials::ResendCode);
        client.core.call(exchange, None)
    }
}

/// With the blocking client.
impl Login<'_, blocking::Client> {
    /// Reads how the person can log in again.
    ///
    /// The inner error is the outcome if Kratos offers no choices.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, SessionToken, blocking};
    /// use kratos_traits::LoginOutcome;
    /// use kratos_traits::login::LoginChoices;
    ///
    /// # fn example(client: &blocking::Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let choices: Result<LoginChoices, LoginOutcome> = login.refresh_choices()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn refresh_choices(self) -> Result<Result<LoginChoices, LoginOutcome>, Error> {
        let (client, exchange) = self.offer(Purpose::Refresh);
        client.core.call(exchange, None)
    }

    /// Reads which second factors the person has.
    ///
    /// The inner error is the outcome if Kratos offers no choices. One is
    /// [`CodeSent`](LoginOutcome::CodeSent): if a code to one address is the only second factor, Kratos after
    /// v1.3.1 sends it at once.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, SessionToken, blocking};
    /// use kratos_traits::LoginOutcome;
    /// use kratos_traits::login::LoginChoices;
    ///
    /// # fn example(client: &blocking::Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let choices: Result<LoginChoices, LoginOutcome> = login.second_factor_choices()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn second_factor_choices(self) -> Result<Result<LoginChoices, LoginOutcome>, Error> {
        let (client, exchange) = self.offer(Purpose::SecondFactor);
        client.core.call(exchange, None)
    }

    /// Logs in again with the password.
    ///
    /// If logins by code are enabled too, Kratos fills in no identifier: without
    /// [`identifier`](Self::identifier) the outcome is [`Rejected`](LoginOutcome::Rejected).
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, SessionToken, blocking};
    /// # fn example(client: &blocking::Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.refresh_with_password("correct horse")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn refresh_with_password(self, password: impl Into<Secret>) -> Result<LoginOutcome, Error> {
        let (client, exchange) =
            self.attempt(Purpose::Refresh, Credentials::Password(password.into()));
        client.core.call(exchange, None)
    }

    /// Requests a code for a login; the outcome is [`CodeSent`](LoginOutcome::CodeSent).
    ///
    /// Logins by code must be enabled in Kratos (`passwordless_enabled`); it then fills in no
    /// [`identifier`](Self::identifier). A correct code verifies the address that it was sent to.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, SessionToken, blocking};
    /// # fn example(client: &blocking::Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.identifier("ada@example.org").refresh_with_code()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn refresh_with_code(self) -> Result<LoginOutcome, Error> {
        let (client, exchange) = self.attempt(Purpose::Refresh, Credentials::SendCode);
        client.core.call(exchange, None)
    }

    /// Adds the second factor with a code of an authenticator app.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, SessionToken, blocking};
    /// # fn example(client: &blocking::Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.second_factor_totp("123456")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn second_factor_totp(self, code: impl Into<Secret>) -> Result<LoginOutcome, Error> {
        let (client, exchange) =
            self.attempt(Purpose::SecondFactor, Credentials::Totp(code.into()));
        client.core.call(exchange, None)
    }

    /// Adds the second factor with a backup code, which can be used only once.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, SessionToken, blocking};
    /// # fn example(client: &blocking::Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.second_factor_lookup("a1b2c3d4")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn second_factor_lookup(self, code: impl Into<Secret>) -> Result<LoginOutcome, Error> {
        let (client, exchange) = self.attempt(
            Purpose::SecondFactor,
            Credentials::LookupSecret(code.into()),
        );
        client.core.call(exchange, None)
    }

    /// Requests a code as the second factor; the outcome is [`CodeSent`](LoginOutcome::CodeSent).
    ///
    /// If the person has several addresses, choose one with [`identifier`](Self::identifier).
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, SessionToken, blocking};
    /// # fn example(client: &blocking::Client, session: &SessionToken) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.second_factor_code()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn second_factor_code(self) -> Result<LoginOutcome, Error> {
        let (client, exchange) = self.attempt(Purpose::SecondFactor, Credentials::SendCode);
        client.core.call(exchange, None)
    }

    /// Submits a code that Kratos has sent.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, SessionToken, blocking};
    /// use kratos_traits::login::CodeSent;
    ///
    /// # fn example(client: &blocking::Client, session: &SessionToken, sent: &CodeSent) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.submit_code(sent, "123456")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn submit_code(
        self,
        sent: &CodeSent,
        code: impl Into<Secret>,
    ) -> Result<LoginOutcome, Error> {
        let (client, exchange) = self.after_code(sent, Credentials::Code(code.into()));
        client.core.call(exchange, None)
    }

    /// Requests another code instead of one that Kratos has sent.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, SessionToken, blocking};
    /// use kratos_traits::login::CodeSent;
    ///
    /// # fn example(client: &blocking::Client, session: &SessionToken, sent: &CodeSent) -> Result<(), Error> {
    /// let login = client.login(session);
    /// let outcome = login.resend_code(sent)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn resend_code(self, sent: &CodeSent) -> Result<LoginOutcome, Error> {
        let (client, exchange) = self.after_code(sent, Credentials::ResendCode);
        client.core.call(exchange, None)
    }
}

impl<C> fmt::Debug for Login<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").finish_non_exhaustive()
    }
}
