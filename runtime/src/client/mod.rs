//! Clients: [exchanges](crate::exchange) driven by an HTTP client.
//!
//! [`PublicClient`] says what can be asked of Kratos's public API, once for every HTTP client. A
//! [`Call`] is what it hands out: awaited where the HTTP client is an [`HttpClient`], sent with
//! [`Call::send`] where it is a [`BlockingHttpClient`].

mod browser;
mod call;
mod forecast;
mod http_client;
mod limits;
mod on_behalf;
mod public;
#[cfg(feature = "reqwest")]
mod reqwest;
mod whoami;

pub use self::call::{Call, CallFuture};
pub use self::http_client::{BlockingHttpClient, HttpClient};
pub use self::limits::Limits;
pub use self::on_behalf::OnBehalf;
pub use self::public::{PublicClient, Settings};
#[cfg(feature = "reqwest")]
pub use self::reqwest::{Client, ClientError, Reqwest};
