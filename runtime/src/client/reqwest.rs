//! `reqwest::Client` as an HTTP client, except on wasm.

use std::pin::Pin;

use http::{Request, Response};

use crate::http::{Error, HttpClient, Limits, SendError};

/// The HTTP client of [`Client::new`](super::Client::new).
pub(super) fn default_http_client() -> Result<reqwest::Client, Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // The clients decide which requests are repeated.
        .retry(reqwest::retry::never())
        .no_proxy()
        .build()
        .map_err(|error| Error::HttpClient(error.into()))
}

impl HttpClient for reqwest::Client {
    fn send<'a>(
        &'a self,
        request: Request<Vec<u8>>,
        limits: &'a Limits,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + Send + 'a>> {
        Box::pin(send(self, request, limits))
    }
}

async fn send(
    http: &reqwest::Client,
    request: Request<Vec<u8>>,
    limits: &Limits,
) -> Result<Response<Vec<u8>>, SendError> {
    let failed = |error: reqwest::Error| match error.is_timeout() {
        true => SendError::timed_out(limits.timeout),
        false => SendError::no_answer(error.without_url()),
    };
    let mut request = reqwest::Request::try_from(request).map_err(failed)?;
    *request.timeout_mut() = Some(limits.timeout);
    let url = request.url().clone();
    let mut answer = http.execute(request).await.map_err(failed)?;
    let mut response = Response::new(Vec::new());
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    if *answer.url() != url {
        return Err(SendError::no_answer("the HTTP client followed a redirect"));
    }
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
