//! reqwest wherever there are sockets.

use http::{Request, Response};

use super::Reqwest;
use crate::client::client_error::ClientError;
use crate::client::http_client::HttpClient;
use crate::client::limits::Limits;
use crate::http::SendError;

impl Reqwest {
    /// A new HTTP client, with its own pool of connections.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn new() -> Result<Self, ClientError> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // Whether a request may be sent twice is not decided here.
            .retry(reqwest::retry::never())
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
        let failed = |error: reqwest::Error| match error.is_timeout() {
            true => SendError::timed_out(limits.timeout),
            false => SendError::no_answer(error.without_url()),
        };
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
                Err(error) if error.is_timeout() => {
                    return Err(SendError::timed_out(limits.timeout));
                }
                Err(error) => return Err(SendError::cut_off(&response, error.without_url())),
            }
            if response.body().len() > limits.answer_bytes {
                return Err(SendError::too_large(&response, limits.answer_bytes));
            }
        }
    }
}
