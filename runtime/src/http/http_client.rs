//! The interface to an HTTP client.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};

use super::SendError;

/// The future that [`HttpClient::send`] returns.
#[cfg(not(target_family = "wasm"))]
type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + Send + 'a>>;
/// The future that [`HttpClient::send`] returns: not `Send` on wasm.
#[cfg(target_family = "wasm")]
type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + 'a>>;

/// An async HTTP client.
///
/// It is implemented for `reqwest::Client` (feature `reqwest`), for closures, and for
/// `Arc<dyn HttpClient>`. An implementation:
///
/// - sends each request once: [`Client`](crate::Client) itself repeats requests that are safe to repeat;
/// - follows no redirects and keeps no cookies, because both break the flows of Kratos;
/// - returns a response with any status as it is;
/// - observes the [`Limits`];
/// - does not log requests: their headers and bodies hold secrets and personal data.
///
/// The futures are `Send`, except on wasm. A runtime whose futures are not `Send` on other targets
/// (monoio, glommio, compio) is not supported; use the [blocking client](crate::blocking) there.
///
/// # Closures
///
/// ```
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use std::io;
///
/// use http::{Request, Response};
/// use kratos_traits::client::Limits;
/// use kratos_traits::{Client, Error, SessionToken, SettingsUpdate};
///
/// #[derive(SettingsUpdate)]
/// #[kratos(traits = customer::CustomerTraits)]
/// struct Rename {
///     nickname: String,
/// }
///
/// # async fn example(session: SessionToken) -> Result<(), Box<dyn std::error::Error>> {
/// // A server that cannot be reached.
/// let http = |_request: Request<Vec<u8>>, _limits: Limits| async {
///     Err::<Response<Vec<u8>>, io::Error>(io::ErrorKind::ConnectionRefused.into())
/// };
/// let client = Client::with(http, "http://127.0.0.1:4433")?;
///
/// let rename = Rename { nickname: "Countess".to_owned() };
/// let result = client.settings(&session).update(&rename).await;
/// assert!(matches!(result, Err(Error::Send { .. })));
/// # Ok(())
/// # }
/// ```
///
/// # An implementation around another one
///
/// ```
/// use std::pin::Pin;
///
/// use http::{HeaderValue, Request, Response};
/// use kratos_traits::client::{HttpClient, Limits, SendError};
///
/// /// Adds the header `User-Agent` to each request.
/// struct WithUserAgent<H>(H);
///
/// impl<H: HttpClient> HttpClient for WithUserAgent<H> {
///     fn send<'a>(
///         &'a self,
///         mut request: Request<Vec<u8>>,
///         limits: &'a Limits,
///     ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + Send + 'a>> {
///         let name = HeaderValue::from_static("my-application");
///         request.headers_mut().insert(http::header::USER_AGENT, name);
///         self.0.send(request, limits)
///     }
/// }
/// ```
#[cfg(not(target_family = "wasm"))]
pub trait HttpClient: Send + Sync {
    /// Sends one request and reads the whole response.
    ///
    /// # Errors
    ///
    /// There is no complete response. The error must not contain the URL, which holds the id of the flow.
    #[allow(clippy::type_complexity, reason = "implementations write this type")]
    fn send<'a>(
        &'a self,
        request: Request<Vec<u8>>,
        limits: &'a Limits,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + Send + 'a>>;
}

/// An async HTTP client, without the `Send` bounds of other targets.
#[cfg(target_family = "wasm")]
pub trait HttpClient {
    /// Sends one request and reads the whole response.
    ///
    /// # Errors
    ///
    /// There is no complete response. The error must not contain the URL, which holds the id of the flow.
    #[allow(clippy::type_complexity, reason = "implementations write this type")]
    fn send<'a>(
        &'a self,
        request: Request<Vec<u8>>,
        limits: &'a Limits,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + 'a>>;
}

impl HttpClient for Arc<dyn HttpClient> {
    fn send<'a>(&'a self, request: Request<Vec<u8>>, limits: &'a Limits) -> Sending<'a> {
        (**self).send(request, limits)
    }
}

impl<F, A, E> HttpClient for F
where
    F: Fn(Request<Vec<u8>>, Limits) -> A + MaybeSend + MaybeSync,
    A: Future<Output = Result<Response<Vec<u8>>, E>> + MaybeSend + 'static,
    E: Into<SendError>,
{
    fn send<'a>(&'a self, request: Request<Vec<u8>>, limits: &'a Limits) -> Sending<'a> {
        let response = self(request, *limits);
        Box::pin(async { response.await.map_err(Into::into) })
    }
}

use self::bounds::{MaybeSend, MaybeSync};

/// `Send` and `Sync`, except on wasm, where one thread runs all futures.
mod bounds {
    #[cfg(not(target_family = "wasm"))]
    pub trait MaybeSend: Send {}
    #[cfg(not(target_family = "wasm"))]
    impl<T: Send> MaybeSend for T {}
    #[cfg(not(target_family = "wasm"))]
    pub trait MaybeSync: Sync {}
    #[cfg(not(target_family = "wasm"))]
    impl<T: Sync> MaybeSync for T {}

    #[cfg(target_family = "wasm")]
    pub trait MaybeSend {}
    #[cfg(target_family = "wasm")]
    impl<T> MaybeSend for T {}
    #[cfg(target_family = "wasm")]
    pub trait MaybeSync {}
    #[cfg(target_family = "wasm")]
    impl<T> MaybeSync for T {}
}

/// A blocking HTTP client, with the same rules as [`HttpClient`].
///
/// It is implemented for `ureq::Agent` (feature `blocking`), for closures, and for
/// `Arc<dyn BlockingHttpClient>`.
///
/// ```
/// use std::io;
///
/// use http::{Request, Response};
/// use kratos_traits::blocking;
/// use kratos_traits::client::Limits;
///
/// let http = |_request: Request<Vec<u8>>, _limits: Limits| {
///     Err::<Response<Vec<u8>>, io::Error>(io::ErrorKind::ConnectionRefused.into())
/// };
/// let client = blocking::Client::with(http, "http://127.0.0.1:4433")?;
/// # Ok::<(), kratos_traits::client::InvalidUrl>(())
/// ```
pub trait BlockingHttpClient: Send + Sync {
    /// Sends one request and reads the whole response.
    ///
    /// # Errors
    ///
    /// There is no complete response. The error must not contain the URL, which holds the id of the flow.
    fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError>;
}

impl BlockingHttpClient for Arc<dyn BlockingHttpClient> {
    fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError> {
        (**self).send(request, limits)
    }
}

impl<F, E> BlockingHttpClient for F
where
    F: Fn(Request<Vec<u8>>, Limits) -> Result<Response<Vec<u8>>, E> + Send + Sync,
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

/// The limits of one request. An HTTP client must observe both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The time for one request and its whole response: 60 seconds by default, because Kratos itself
    /// waits 30 seconds for a web hook. `Duration::MAX` is allowed.
    pub timeout: Duration,
    /// The largest body of a response in bytes: 8 MiB by default, far more than Kratos sends.
    pub answer_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            answer_bytes: 8 * 1024 * 1024,
        }
    }
}
