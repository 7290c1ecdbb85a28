//! Why a text is no base URL.

use http::uri::InvalidUri;

/// The text is no base URL of an API of Kratos, such as `http://127.0.0.1:4433`.
///
/// The text itself, which may hold a password, is never shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidUrl {
    /// It is no URL; the source says why.
    #[error("the base URL of an API of Kratos is no URL; write one such as http://127.0.0.1:4433")]
    NoUrl(#[source] InvalidUri),
    /// It does not begin with `http://` or `https://`.
    #[error("the base URL of an API of Kratos must begin with http:// or https://")]
    Scheme,
    /// It has no host.
    #[error("the base URL of an API of Kratos must have a host")]
    NoHost,
    /// There is no such port.
    #[error("the port in the base URL of an API of Kratos must be one from 1 to 65535")]
    Port,
    /// It holds a user, or a password.
    #[error("the base URL of an API of Kratos must not hold a user or a password")]
    User,
    /// It ends in a query or a fragment.
    #[error("the base URL of an API of Kratos must not end in a query or a fragment")]
    QueryOrFragment,
}
