//! `reqwest::Client` as an HTTP client on wasm, where it uses the `fetch` of the browser.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::time::Duration;

use futures_core::Stream;
use http::{Request, Response};

use crate::http::{AmbientCookies, Error, HttpClient, Limits, SendError};

/// The browser counts milliseconds in 32 bits.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// The HTTP client of [`Client::new`](super::Client::new).
pub(super) fn default_http_client() -> Result<reqwest::Client, Error> {
    Ok(reqwest::Client::new())
}

impl HttpClient for reqwest::Client {
    fn send<'a>(
        &'a self,
        request: Request<Vec<u8>>,
        limits: &'a Limits,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + 'a>> {
        Box::pin(send(self, request, limits))
    }
}

async fn send(
    http: &reqwest::Client,
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
    let request = reqwest::RequestBuilder::from_parts(http.clone(), request)
        .timeout(limits.timeout.min(LONGEST))
        .fetch_cache_no_store();
    let request = match ambient {
        Some(AmbientCookies) => request.fetch_credentials_include(),
        // Kratos refuses a session token together with a cookie.
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

/// Once the response has begun, only this text tells a timeout of reqwest from other errors.
fn timed_out(error: &reqwest::Error) -> bool {
    let aborted = |source: &dyn StdError| source.to_string().contains("reqwest::errors::TimedOut");
    error.is_timeout() || error.source().is_some_and(aborted)
}
