//! Requests to Kratos and their responses, for all APIs: HTTP clients, authentication, cookies, errors.
//!
//! A call is an [`Exchange`]: it builds a request, and reads the response to it. The clients in
//! [`client`](crate::client) send the requests.

pub(crate) mod answer;
pub(crate) mod auth;
mod base_url;
mod continue_with;
mod cookies;
mod error;
mod exchange;
pub(crate) mod flow;
mod http_client;
mod invalid;
mod login_url;
mod timestamp;
mod tokens;
pub(crate) mod trace;
pub(crate) mod wire;
mod wrong_server;

pub use self::answer::Refusal;
pub(crate) use self::auth::Context;
pub use self::auth::{AmbientCookies, Auth, InBrowser};
pub(crate) use self::base_url::BaseUrl;
pub use self::base_url::InvalidUrl;
pub use self::continue_with::ContinueWith;
pub use self::cookies::BrowserCookies;
pub use self::error::{Error, Phase, SendError};
pub(crate) use self::exchange::{Call, Exchange, Step};
pub use self::http_client::{BlockingHttpClient, HttpClient, Limits};
pub use self::invalid::Invalid;
pub use self::login_url::LoginUrl;
pub use self::timestamp::Timestamp;
pub use self::tokens::{AdminToken, InvalidToken, SessionToken};
