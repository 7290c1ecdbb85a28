//! reqwest in a browser, which has its own mind about cookies, redirects and caches.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use futures_core::Stream;
use http::{Request, Response};

use super::Reqwest;
use crate::client::client_error::ClientError;
use crate::client::http_client::HttpClient;
use crate::client::limits::Limits;
use crate::http::{AmbientCookies, SendError};

/// The browser counts milliseconds in 32 bits.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

impl Reqwest {
    /// A new HTTP client, over the fetch of the browser.
    ///
    /// # Errors
    ///
    /// None, in a browser.
    pub fn new() -> Result<Self, ClientError> {
        Ok(Self(reqwest::Client::new()))
    }
}

impl HttpClient for Reqwest {
    async fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError> {
        let failed = |error: reqwest::Error| match timed_out(&error) {
            true => SendError::timed_out(limits.timeout),
            false => SendError::no_answer(error.without_url()),
        };
        let ambient = request.extensions().get::<AmbientCookies>().copied();
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        let url = request.url().clone();
        let request = reqwest::RequestBuilder::from_parts(self.0.clone(), request)
            .timeout(limits.timeout.min(LONGEST))
            .fetch_cache_no_store();
        let request = match ambient {
            Some(AmbientCookies) => request.fetch_credentials_include(),
            // A session token and a cookie do not go together.
            None => request.fetch_credentials_omit(),
        };
        let mut answer = request.send().await.map_err(failed)?;
        if *answer.url() != url {
            return Err(SendError::no_answer("the browser followed a redirect"));
        }
        let mut response = Response::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        let mut pieces = pin!(answer.bytes_stream());
        while let Some(piece) = poll_fn(|context| pieces.as_mut().poll_next(context)).await {
            match piece {
                Ok(piece) => response.body_mut().extend_from_slice(&piece),
                Err(error) if timed_out(&error) => {
                    return Err(SendError::timed_out(limits.timeout));
                }
                Err(error) => return Err(SendError::cut_off(&response, error.without_url())),
            }
            if response.body().len() > limits.answer_bytes {
                return Err(SendError::too_large(&response, limits.answer_bytes));
            }
        }
        Ok(response)
    }
}

/// Once the answer has begun, reqwest knows its own abort by this text only.
fn timed_out(error: &reqwest::Error) -> bool {
    let aborted = |source: &dyn StdError| source.to_string().contains("reqwest::errors::TimedOut");
    error.is_timeout() || error.source().is_some_and(aborted)
}
