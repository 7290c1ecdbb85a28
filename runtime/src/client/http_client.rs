//! What an HTTP client must do for us.

use std::future::Future;

use http::{Request, Response};

use super::limits::Limits;
use crate::exchange::SendError;

/// An async HTTP client.
///
/// It follows no redirects and keeps no cookies: both break Kratos's flows. It answers with any
/// status as it is, and keeps to the limits.
pub trait HttpClient {
    /// Sends one request and reads its whole answer.
    ///
    /// # Errors
    ///
    /// There is no whole answer. The error must not show the URL, which holds the id of the flow.
    fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> impl Future<Output = Result<Response<Vec<u8>>, SendError>> + MaybeSend;
}

/// A blocking HTTP client, under the same rules as an [`HttpClient`].
pub trait BlockingHttpClient {
    /// Sends one request and reads its whole answer.
    ///
    /// # Errors
    ///
    /// There is no whole answer. The error must not show the URL, which holds the id of the flow.
    fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError>;
}

pub(super) use maybe_send::MaybeSend;

/// Futures move between threads, but for those of a browser, where there is one thread.
mod maybe_send {
    #[cfg(not(target_family = "wasm"))]
    pub trait MaybeSend: Send {}
    #[cfg(not(target_family = "wasm"))]
    impl<F: Send> MaybeSend for F {}

    #[cfg(target_family = "wasm")]
    pub trait MaybeSend {}
    #[cfg(target_family = "wasm")]
    impl<F> MaybeSend for F {}
}
