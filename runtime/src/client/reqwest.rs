//! reqwest as the HTTP client.

use http::{Request, Response};

use super::admin::AdminApiClient;
use super::http_client::HttpClient;
use super::limits::Limits;
use super::public::PublicClient;
use crate::exchange::{InvalidUrl, SendError};

/// The async client: [`PublicClient`] over reqwest with rustls.
///
/// Its futures run in a tokio runtime, and panic elsewhere; for another HTTP client, see
/// [`HttpClient`].
pub type Client = PublicClient<Reqwest>;

/// The async client of the admin API: [`AdminApiClient`] over reqwest with rustls, as [`Client`] is for
/// the public API.
pub type AdminClient = AdminApiClient<Reqwest>;

/// reqwest, set up for Kratos: no cookies, no redirects.
#[derive(Clone, Debug)]
pub struct Reqwest(reqwest::Client);

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
        Ok(Self::with(Reqwest::new()?, server))
    }
}

impl AdminClient {
    /// A client of the Kratos whose admin API is at `admin_url`.
    ///
    /// # Errors
    ///
    /// `admin_url` is no base URL, or TLS cannot be set up.
    pub fn new(admin_url: &str) -> Result<Self, ClientError> {
        let server = admin_url.parse()?;
        Ok(Self::with(Reqwest::new()?, server))
    }
}

impl Reqwest {
    /// A new HTTP client, with its own pool of connections.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn new() -> Result<Self, ClientError> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| ClientError::Http(error.into()))?;
        Ok(Self(http))
    }
}

impl HttpClient for Reqwest {
    async fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError> {
        let failed = |error: reqwest::Error| SendError::no_answer(error.without_url());
        let mut request = reqwest::Request::try_from(request).map_err(failed)?;
        *request.timeout_mut() = Some(limits.timeout);
        let mut answer = self.0.execute(request).await.map_err(failed)?;
        let mut response = Response::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        loop {
            match answer.chunk().await {
                Ok(Some(chunk)) => response.body_mut().extend_from_slice(&chunk),
                Ok(None) => return Ok(response),
                Err(error) => return Err(SendError::cut_off(&response, error.without_url())),
            }
            if response.body().len() > limits.answer_bytes {
                return Err(SendError::too_large(&response, limits.answer_bytes));
            }
        }
    }
}
