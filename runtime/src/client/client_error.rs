//! Why there is no client.

use crate::http::InvalidUrl;

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The base URL is none.
    #[error(transparent)]
    Url(#[from] InvalidUrl),
    /// The HTTP client could not be made; mostly a matter of TLS.
    #[error("the HTTP client cannot be made")]
    Http(#[source] Box<dyn std::error::Error + Send + Sync>),
}
