//! Exchanges one after the other, up to the end.

use std::ops::ControlFlow;

use http::{Request, Response};

use super::error::Error;
use super::phase::Phase;
use super::{Exchange, Step, trace};

/// What a driver drives: each [`Exchange`] is one, and so is a [`Relay`](crate::exchange::Relay), which ends in
/// more than the exchange inside it.
#[must_use = "nothing is sent before a driver sends it"]
pub trait Chain: Sized {
    /// What the caller is handed at the end, whether it went well or not.
    type End;

    /// Which request it is at.
    fn at(&self) -> Phase;

    /// The request to send. Its headers and body may hold secrets and personal data: keep it out of
    /// logs.
    ///
    /// # Errors
    ///
    /// The request cannot be built: hand the error to [`answered`](Self::answered), as if it had
    /// been sent in vain.
    fn ask(&self) -> Result<Request<Vec<u8>>, Error>;

    /// Takes the answer, or why there is none; the chain breaks off when it has come to its end.
    fn answered(self, answer: Result<Response<Vec<u8>>, Error>) -> ControlFlow<Self::End, Self>;
}

impl<X: Exchange> Chain for X {
    type End = Result<X::Output, Error>;

    fn at(&self) -> Phase {
        self.phase()
    }

    fn ask(&self) -> Result<Request<Vec<u8>>, Error> {
        self.request()
    }

    fn answered(self, answer: Result<Response<Vec<u8>>, Error>) -> ControlFlow<Self::End, Self> {
        step(self, answer)
    }
}

/// What the answer to an exchange leads to, and whatever is to be told of it.
pub(crate) fn step<X: Exchange>(
    exchange: X,
    answer: Result<Response<Vec<u8>>, Error>,
) -> ControlFlow<Result<X::Output, Error>, X> {
    let phase = exchange.phase();
    let step = answer.and_then(|answer| {
        trace::answered(phase, answer.status());
        exchange.receive(&answer)
    });
    match step.inspect_err(trace::failed) {
        Ok(Step::Next(next)) => ControlFlow::Continue(next),
        Ok(Step::Done(output)) => ControlFlow::Break(Ok(output)),
        Err(error) => ControlFlow::Break(Err(error)),
    }
}
