//! Clients: [exchanges](crate::exchange) driven by an HTTP client.
//!
//! [`PublicClient`] says what can be asked of Kratos's public API, and [`AdminApiClient`] what of its
//! admin API, once for every HTTP client. A [`Call`] is what they hand out: awaited where the HTTP
//! client is an [`HttpClient`], sent with [`Call::send`] where it is a [`BlockingHttpClient`].
//!
//! Whoever is asked about proves to be logged in with a session token ([`PublicClient::native`]), with
//! the cookies of a browser that a server forwards ([`PublicClient::forwarding`]), or sits at the
//! browser that this code runs in ([`PublicClient::in_browser`]).

mod admin;
mod based_on;
#[cfg(feature = "blocking")]
pub mod blocking;
mod browser;
mod call;
#[cfg(any(feature = "blocking", feature = "reqwest"))]
mod client_error;
mod closure;
mod forecast;
mod http_client;
mod limits;
mod login;
mod on_behalf;
mod public;
mod repeats;
#[cfg(feature = "reqwest")]
mod reqwest;
mod settings;
mod whoami;

pub use self::admin::{AdminApiClient, Edit};
pub use self::call::{Call, CallFuture};
#[cfg(any(feature = "blocking", feature = "reqwest"))]
pub use self::client_error::ClientError;
pub use self::http_client::{BlockingHttpClient, HttpClient};
pub use self::limits::Limits;
pub use self::login::Login;
pub use self::on_behalf::OnBehalf;
pub use self::public::PublicClient;
pub use self::repeats::Repeats;
#[cfg(feature = "reqwest")]
pub use self::reqwest::{AdminClient, Client, Reqwest};
pub use self::settings::Settings;
