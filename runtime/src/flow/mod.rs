//! The settings flow as a sans-IO state machine.
//!
//! An update is a chain of [`Exchange`]s. Each one holds an `http::Request` to send; what comes
//! back leads to the next [`Step`]: another exchange, or the [`Outcome`]. Who sends the requests is
//! not decided here, so a driver for any HTTP client is one loop:
//!
//! ```
//! use kratos_traits::flow::{Error, Exchange, Outcome, Step};
//! use kratos_traits::IdentityTraits;
//!
//! fn drive<T: IdentityTraits>(
//!     first: Exchange<T>,
//!     send: impl Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, std::io::Error>,
//! ) -> Result<Outcome<T>, Error> {
//!     let mut exchange = first;
//!     loop {
//!         let answer = send(exchange.request()?).map_err(|error| exchange.failed(error))?;
//!         match exchange.receive(&answer)? {
//!             Step::Next(next) => exchange = next,
//!             Step::Done(outcome) => return Ok(outcome),
//!         }
//!     }
//! }
//! ```
//!
//! A driver follows no redirects and keeps no cookies: Kratos refuses a native flow that comes with
//! a cookie, and sets one all the same (`selfservice/flow/request.go`).

mod answer;
mod continue_with;
mod error;
mod exchange;
mod flow_id;
mod outcome;
mod public_url;
mod session_token;

pub use self::continue_with::ContinueWith;
pub use self::error::{Error, Phase};
pub use self::exchange::{Exchange, Step};
pub use self::outcome::{
    Elsewhere, Identity, Invalid, Outcome, ParkReason, Parked, Pending, Refusal, Saved,
};
pub use self::public_url::{InvalidUrl, PublicUrl};
pub use self::session_token::{InvalidToken, SessionToken};
