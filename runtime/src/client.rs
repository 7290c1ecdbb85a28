//! The async client: the settings flow driven by reqwest.

use std::fmt;
use std::time::Duration;

use http::Response;

use crate::flow::{Error, Exchange, InvalidUrl, Outcome, Pending, PublicUrl, SessionToken, Step};
use crate::traits::facts::IdentityTraits;
use crate::update::updater::SettingsUpdate;

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(60);
/// No answer of Kratos comes near this size.
const ANSWER_LIMIT: usize = 8 * 1024 * 1024;

/// A client of Kratos's public API.
///
/// It keeps no cookies and follows no redirects: both break native flows. Cheap to clone. It is driven
/// by reqwest, so its futures run in a tokio runtime, and panic elsewhere; for another HTTP client, see
/// [`flow`](crate::flow).
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    server: PublicUrl,
    timeout: Duration,
}

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The base URL is none.
    #[error(transparent)]
    Url(#[from] InvalidUrl),
    /// The HTTP client could not be made; mostly a matter of TLS.
    #[error("the HTTP client cannot be made")]
    Http(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Client {
    /// A client of the Kratos whose public API is at `public_url`.
    ///
    /// # Errors
    ///
    /// `public_url` is no base URL, or TLS cannot be set up.
    pub fn new(public_url: &str) -> Result<Self, ClientError> {
        let server = public_url.parse()?;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| ClientError::Http(error.into()))?;
        Ok(Self {
            http,
            server,
            timeout: TIMEOUT,
        })
    }

    /// The same client, with another limit for the time that one request may take; 60 seconds if not
    /// set, for Kratos itself waits 30 for a web hook.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The settings of the person who owns the session.
    pub fn settings<'a>(&'a self, session: &'a SessionToken) -> Settings<'a> {
        Settings {
            client: self,
            session,
        }
    }

    async fn drive<T: IdentityTraits>(&self, first: Exchange<T>) -> Result<Outcome<T>, Error> {
        let mut exchange = first;
        loop {
            let answer = self.send(&exchange).await?;
            match exchange.receive(&answer)? {
                Step::Next(next) => exchange = next,
                Step::Done(outcome) => return Ok(outcome),
            }
        }
    }

    async fn send<T: IdentityTraits>(
        &self,
        exchange: &Exchange<T>,
    ) -> Result<Response<Vec<u8>>, Error> {
        let failed = |error: reqwest::Error| exchange.failed(error.without_url());
        let mut request = reqwest::Request::try_from(exchange.request()?).map_err(failed)?;
        *request.timeout_mut() = Some(self.timeout);
        let mut answer = self.http.execute(request).await.map_err(failed)?;
        let mut response = Response::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        loop {
            match answer.chunk().await {
                Ok(Some(chunk)) => response.body_mut().extend_from_slice(&chunk),
                Ok(None) => return Ok(response),
                Err(error) => return Err(exchange.cut_off(&response, error.without_url())),
            }
            if response.body().len() > ANSWER_LIMIT {
                return Err(exchange.too_large(&response, ANSWER_LIMIT));
            }
        }
    }
}

/// The settings of one person.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    client: &'a Client,
    session: &'a SessionToken,
}

impl fmt::Debug for Settings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").finish_non_exhaustive()
    }
}

impl Settings<'_> {
    /// Changes the traits that `update` names, and no other: one request for the traits as they are,
    /// and, when something changes, one that submits them.
    ///
    /// # Errors
    ///
    /// No answer, or none of Kratos. [`Error::may_have_been_saved`] tells whether the update may
    /// have happened all the same.
    pub async fn update<U: SettingsUpdate<Traits: IdentityTraits>>(
        self,
        update: &U,
    ) -> Result<Outcome<U::Traits>, Error> {
        let first = Exchange::start(
            self.client.server.clone(),
            self.session.clone(),
            update.patch(),
        );
        self.client.drive(first).await
    }

    /// Takes up a change again after the login that it waited for.
    ///
    /// # Errors
    ///
    /// As for [`update`](Self::update).
    pub async fn resume<T: IdentityTraits>(self, pending: Pending<T>) -> Result<Outcome<T>, Error> {
        let first = pending.resume(self.client.server.clone(), self.session.clone());
        self.client.drive(first).await
    }
}
