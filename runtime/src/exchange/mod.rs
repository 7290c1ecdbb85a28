//! Requests to Kratos and what their answers lead to: no I/O.
//!
//! Whatever is asked of Kratos is an [`Exchange`]: it holds an `http::Request` to send, and what comes
//! back leads to the next [`Step`], which is another exchange or the end. Who sends the requests is
//! not decided here, so a driver for any HTTP client is one loop:
//!
//! ```
//! use kratos_traits::exchange::{Error, Exchange, SendError, Step};
//!
//! fn drive<X: Exchange>(
//!     first: X,
//!     send: impl Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, std::io::Error>,
//! ) -> Result<X::Output, Error> {
//!     let mut exchange = first;
//!     loop {
//!         let phase = exchange.phase();
//!         let answer = send(exchange.request()?)
//!             .map_err(|error| SendError::no_answer(error).during(phase))?;
//!         match exchange.receive(&answer)? {
//!             Step::Next(next) => exchange = next,
//!             Step::Done(output) => return Ok(output),
//!         }
//!     }
//! }
//! ```
//!
//! A driver follows no redirects and keeps no cookies: Kratos refuses a native flow that comes with
//! a cookie, and sets one all the same (`selfservice/flow/request.go`). The drivers that come with
//! this crate are in [`client`](crate::client).

mod ambient;
pub(crate) mod answer;
pub(crate) mod caller;
pub(crate) mod envelope;
mod error;
mod phase;
mod public_url;
mod send;
mod session_token;
pub(crate) mod watch;

use http::{Request, Response};

pub use self::ambient::AmbientCookies;
pub use self::error::Error;
pub use self::phase::Phase;
pub use self::public_url::{InvalidUrl, PublicUrl};
pub use self::send::SendError;
pub use self::session_token::{InvalidToken, SessionToken};

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
