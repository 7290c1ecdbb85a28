//! Clients of Kratos, and the interface to HTTP clients.
//!
//! | client | API | HTTP client |
//! |---|---|---|
//! | [`Client`] | public | any [`HttpClient`]; `Client::new` uses reqwest (feature `reqwest`) |
//! | [`AdminClient`] | admin | the same |
//! | [`blocking::Client`] | public | any [`BlockingHttpClient`]; `Client::new` uses ureq (feature `blocking`) |
//! | [`blocking::AdminClient`] | admin | the same |

mod admin;
pub mod blocking;
mod call;
#[cfg(all(feature = "reqwest", target_family = "wasm"))]
mod fetch;
mod login;
mod public;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
mod reqwest;
mod settings;
#[cfg(feature = "blocking")]
mod ureq;

pub use self::admin::{AdminClient, Edit};
pub use self::login::Login;
pub use self::public::Client;
pub use self::settings::Settings;
pub use crate::http::{
    AmbientCookies, BlockingHttpClient, HttpClient, InvalidToken, InvalidUrl, Limits, Phase,
    SendError,
};

#[cfg(all(feature = "reqwest", target_family = "wasm"))]
use self::fetch::default_http_client;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
use self::reqwest::default_http_client;
