//! An HTTP client that shows each request before it goes out.

use std::fmt;

use http::{Request, Response};
use kratos_traits::client::{HttpClient, Limits, Reqwest};
use kratos_traits::exchange::SendError;

use crate::kratos::Failure;

/// reqwest, behind somebody who sees each request and may change it.
#[derive(Clone)]
pub struct Wire<F> {
    http: Reqwest,
    touch: F,
}

impl<F: Fn(&mut Request<Vec<u8>>)> Wire<F> {
    /// Shows each request to `touch`.
    pub fn new(touch: F) -> Result<Self, Failure> {
        let http = Reqwest::new().map_err(|error| Failure::because("no HTTP client", &error))?;
        Ok(Self { http, touch })
    }
}

impl<F: Fn(&mut Request<Vec<u8>>) + Sync> HttpClient for Wire<F> {
    async fn send(
        &self,
        mut request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError> {
        (self.touch)(&mut request);
        self.http.send(request, limits).await
    }
}

impl<F> fmt::Debug for Wire<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}
