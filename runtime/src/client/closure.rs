//! A closure as an HTTP client.

use std::future::Future;

use http::{Request, Response};

use super::http_client::{BlockingHttpClient, HttpClient, MaybeSend};
use super::limits::Limits;
use crate::http::SendError;

impl<F, A, E> HttpClient for F
where
    F: Fn(Request<Vec<u8>>, Limits) -> A,
    A: Future<Output = Result<Response<Vec<u8>>, E>> + MaybeSend,
    E: Into<SendError>,
{
    fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> impl Future<Output = Result<Response<Vec<u8>>, SendError>> + MaybeSend {
        let answer = self(request, *limits);
        async { answer.await.map_err(Into::into) }
    }
}

impl<F, E> BlockingHttpClient for F
where
    F: Fn(Request<Vec<u8>>, Limits) -> Result<Response<Vec<u8>>, E>,
    E: Into<SendError>,
{
    fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError> {
        self(request, *limits).map_err(Into::into)
    }
}
