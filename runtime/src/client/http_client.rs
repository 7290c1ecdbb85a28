//! What an HTTP client must do for us.

use std::future::Future;

use http::{Request, Response};

use super::limits::Limits;
use crate::http::SendError;

/// An async HTTP client.
///
/// It follows no redirects and keeps no cookies: both break Kratos's flows. It answers with any
/// status as it is, and keeps to the time and the size of the limits. It sends each request once:
/// whether a request is [repeated](super::Repeats) is not its business. What it cannot do is said with
/// [`SendError`].
///
/// A closure is a client, where one is enough:
///
/// ```
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use std::io;
///
/// use http::{Request, Response};
/// use kratos_traits::client::{Limits, PublicClient};
/// use kratos_traits::{Error, Outcome, SessionToken, SettingsUpdate};
///
/// #[derive(SettingsUpdate)]
/// #[kratos(traits = customer::CustomerTraits)]
/// struct Rename {
///     nickname: String,
/// }
///
/// # async fn example(session: SessionToken) -> Result<(), Box<dyn std::error::Error>> {
/// // Stands for a server that is gone; `_limits` has the time and the size.
/// let http = async |_request: Request<Vec<u8>>, _limits: Limits| {
///     Err::<Response<Vec<u8>>, io::Error>(io::ErrorKind::ConnectionRefused.into())
/// };
/// let client = PublicClient::with(http, "http://127.0.0.1:4433".parse()?);
///
/// let change = Rename { nickname: "Countess".to_owned() };
/// let ended = client.settings(&session).update(&change).await;
/// assert!(matches!(ended, Err(Error::Transport { .. })));
/// # Ok(())
/// # }
/// ```
///
/// A client of one's own, here around another one:
///
/// ```
/// use http::{HeaderValue, Request, Response};
/// use kratos_traits::client::{HttpClient, Limits};
/// use kratos_traits::exchange::SendError;
///
/// /// Names the application in each request.
/// struct Named<H>(H);
///
/// impl<H: HttpClient + Sync> HttpClient for Named<H> {
///     async fn send(
///         &self,
///         mut request: Request<Vec<u8>>,
///         limits: &Limits,
///     ) -> Result<Response<Vec<u8>>, SendError> {
///         let name = HeaderValue::from_static("my-application");
///         request.headers_mut().insert(http::header::USER_AGENT, name);
///         self.0.send(request, limits).await
///     }
/// }
/// ```
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

/// A blocking HTTP client, under the same rules as an [`HttpClient`]. A closure is one, too:
///
/// ```
/// use std::io;
///
/// use http::{Request, Response};
/// use kratos_traits::client::{Limits, PublicClient};
///
/// let http = |_request: Request<Vec<u8>>, _limits: Limits| {
///     Err::<Response<Vec<u8>>, io::Error>(io::ErrorKind::ConnectionRefused.into())
/// };
/// let client = PublicClient::with(http, "http://127.0.0.1:4433".parse()?);
/// // client.settings(&session).update(&change).send()?
/// # Ok::<(), kratos_traits::exchange::InvalidUrl>(())
/// ```
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

pub(super) use self::maybe_send::MaybeSend;

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
