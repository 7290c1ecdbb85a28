//! Requests to Kratos and what their answers lead to: no I/O.
//!
//! Whatever is asked of Kratos is an [`Exchange`]: it holds an `http::Request` to send, and what comes
//! back leads to the next [`Step`], which is another exchange or the end. Who sends the requests is
//! not decided here, so a driver for any HTTP client is one loop:
//!
//! ```
//! use std::ops::ControlFlow;
//!
//! use kratos_traits::exchange::{Chain, SendError};
//!
//! fn drive<C: Chain>(
//!     first: C,
//!     send: impl Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, std::io::Error>,
//! ) -> C::End {
//!     let mut chain = first;
//!     loop {
//!         let answer = chain.ask().and_then(|request| {
//!             send(request).map_err(|error| SendError::no_answer(error).during(chain.at()))
//!         });
//!         match chain.answered(answer) {
//!             ControlFlow::Continue(next) => chain = next,
//!             ControlFlow::Break(end) => return end,
//!         }
//!     }
//! }
//! ```
//!
//! A driver follows no redirects and keeps no cookies: Kratos refuses a native flow that comes with
//! a cookie, and sets one all the same (`selfservice/flow/request.go`). On behalf of a browser the
//! cookies stand in the request already, put there by a [`Relay`], or the browser adds them
//! ([`AmbientCookies`]). The drivers that come with this crate are in [`client`](crate::client).

pub(crate) mod answer;
pub(crate) mod auth;
mod base_url;
mod chain;
pub(crate) mod continue_with;
mod cookies;
mod error;
pub(crate) mod flow;
pub(crate) mod messages;
mod phase;
mod relay;
mod send_error;
mod set_cookie;
pub(crate) mod timestamp;
mod tokens;
pub(crate) mod trace;
pub(crate) mod wire;

use http::{Request, Response};

pub use self::auth::{AmbientCookies, Forwarded, InBrowser, Mode, Native};
pub use self::base_url::{AdminUrl, InvalidUrl, PublicUrl};
pub use self::chain::Chain;
pub use self::cookies::{BrowserCookies, SetCookies};
pub use self::error::Error;
pub use self::phase::Phase;
pub use self::relay::{Relay, Relayed};
pub use self::send_error::SendError;
pub use self::tokens::{AdminToken, InvalidToken, SessionToken};

/// What comes after an answer.
#[derive(Debug)]
#[must_use = "the exchange has not ended before `Step::Done`"]
pub enum Step<X: Exchange> {
    /// Another request.
    Next(X),
    /// The end.
    Done(X::Output),
}

/// One request to Kratos, and what its answer leads to.
#[must_use = "nothing is sent before a driver sends it"]
pub trait Exchange: Sized {
    /// What it ends in.
    type Output;

    /// Which request it is.
    fn phase(&self) -> Phase;

    /// The request to send. Its headers and body may hold secrets and personal data: keep it out of
    /// logs.
    ///
    /// # Errors
    ///
    /// The request cannot be built.
    fn request(&self) -> Result<Request<Vec<u8>>, Error>;

    /// Takes the answer.
    ///
    /// # Errors
    ///
    /// The answer is none of Kratos; [`Error::may_have_been_saved`] says what that means.
    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error>;
}
