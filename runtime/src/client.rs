//! The async client: the settings flow driven by reqwest.

use std::fmt;
use std::time::Duration;

use http::Response;

use crate::flow::{Error, Exchange, InvalidUrl, Outcome, Pending, PublicUrl, SessionToken, Step};
use crate::traits::facts::IdentityTraits;
use crate::update::updater::SettingsUpdate;

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// No answer of Kratos comes near this size.
const ANSWER_LIMIT: usize = 8 * 1024 * 1024;

/// A client of Kratos's public API.
///
/// It keeps no cookies and follows no redirects: both break native flows. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    server: PublicUrl,
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
    Http(#[source] reqwest::Error),
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
            .timeout(TIMEOUT)
            .build()
            .map_err(ClientError::Http)?;
        Ok(Self { http, server })
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
        let request = reqwest::Request::try_from(exchange.request()?).map_err(failed)?;
        let mut answer = self.http.execute(request).await.map_err(failed)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > ANSWER_LIMIT {
                return Err(Error::TooLarge {
                    phase: exchange.phase(),
                    status: answer.status().as_u16(),
                    limit: ANSWER_LIMIT,
                });
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
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
    /// Changes the traits that `update` names, and no other.
    ///
    /// # Errors
    ///
    /// No answer, or none of Kratos. [`Error::may_have_been_saved`] tells whether the update may
    /// have happened all the same.
    pub async fn update<U: SettingsUpdate<Traits: IdentityTraits>>(
        &self,
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
    pub async fn resume<T: IdentityTraits>(
        &self,
        pending: Pending<T>,
    ) -> Result<Outcome<T>, Error> {
        let first = pending.resume(self.client.server.clone(), self.session.clone());
        self.client.drive(first).await
    }
}
