//! Which requests are sent twice.

use std::ops::ControlFlow;

use http::{Request, Response};

use crate::http::{Chain, Error, SendError, trace};

/// What happens when a request comes to nothing: refused, reset or closed before its answer began.
///
/// Only a request that changes nothing is ever sent twice
/// ([`Phase::is_safe_to_repeat`](crate::exchange::Phase::is_safe_to_repeat)); a submit may have been
/// saved, and the caller decides. Nor is any request repeated that took too long, or whose answer
/// began: the server is at work, and another request would not make it faster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repeats {
    /// It is sent once more, at once, with the whole [`timeout`](super::Limits::timeout) again: mostly
    /// the server had closed a connection that was kept from the request before, or was restarted.
    #[default]
    Once,
    /// It is not sent again.
    Never,
}

/// A chain on its way.
pub(super) struct Run<C> {
    chain: C,
    /// What may still be done for the request that the chain is at.
    left: Repeats,
    each: Repeats,
}

impl<C: Chain> Run<C> {
    pub(super) fn new(chain: C, repeats: Repeats) -> Self {
        Self {
            chain,
            left: repeats,
            each: repeats,
        }
    }

    pub(super) fn ask(&self) -> Result<Request<Vec<u8>>, Error> {
        self.chain.ask()
    }

    /// Takes what came of the request; the run breaks off at the end of the chain.
    pub(super) fn came(
        self,
        sent: Result<Result<Response<Vec<u8>>, SendError>, Error>,
    ) -> ControlFlow<C::End, Self> {
        let phase = self.chain.at();
        let came_to_nothing = matches!(sent, Ok(Err(SendError::NoAnswer(_))));
        if came_to_nothing && self.left == Repeats::Once && phase.is_safe_to_repeat() {
            trace::repeated(phase);
            let left = Repeats::Never;
            return ControlFlow::Continue(Self { left, ..self });
        }
        let answer = sent.and_then(|answer| answer.map_err(|error| error.during(phase)));
        match self.chain.answered(answer) {
            ControlFlow::Continue(chain) => ControlFlow::Continue(Self::new(chain, self.each)),
            ControlFlow::Break(end) => ControlFlow::Break(end),
        }
    }
}
