//! The mark on a request to which the browser itself adds its cookies.

/// An extension of the requests of a browser flow that is run by the browser itself (wasm): the
/// HTTP client sends them with the cookies that the browser keeps for Kratos, such as with `fetch`
/// and `credentials: "include"`.
///
/// No code of ours sees these cookies. A client that is no browser has none to send, and must not
/// invent a cookie jar for them.
///
/// ```
/// use kratos_traits::exchange::AmbientCookies;
///
/// fn credentials(request: &http::Request<Vec<u8>>) -> &'static str {
///     match request.extensions().get::<AmbientCookies>() {
///         Some(AmbientCookies) => "include",
///         None => "omit",
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmbientCookies;
