//! Something to be asked of Kratos, not asked yet.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::ops::ControlFlow;
use std::pin::Pin;

use super::http_client::{BlockingHttpClient, HttpClient};
use super::limits::Limits;
use super::repeats::Run;
use crate::http::Chain;

#[cfg(feature = "tracing")]
use crate::http::trace;

/// Something to be asked of Kratos: `.await` it, or [`send`](Self::send) it with a blocking client.
///
/// A call that is dropped before it ended may have been saved all the same, as if its answer had been
/// lost.
#[must_use = "nothing is sent before the call is awaited, or sent"]
pub struct Call<'a, H, C> {
    pub(super) http: &'a H,
    pub(super) limits: Limits,
    pub(super) first: C,
}

impl<H, C> fmt::Debug for Call<'_, H, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

impl<H: BlockingHttpClient, C: Chain> Call<'_, H, C> {
    /// Asks, and waits for the end: a `Result`, or [`Relayed`](crate::exchange::Relayed) on behalf of
    /// a browser.
    ///
    /// It is an error when there is no answer, or none of Kratos. [`Error::may_have_been_saved`](crate::exchange::Error::may_have_been_saved) tells
    /// whether an update may have happened all the same.
    pub fn send(self) -> C::End {
        #[cfg(feature = "tracing")]
        let _entered = trace::span().entered();
        let mut run = Run::new(self.first, self.limits.repeats);
        loop {
            let sent = run
                .ask()
                .map(|request| self.http.send(request, &self.limits));
            match run.came(sent) {
                ControlFlow::Continue(next) => run = next,
                ControlFlow::Break(end) => return end,
            }
        }
    }
}

impl<H: HttpClient, C: Chain> Call<'_, H, C> {
    async fn drive(self) -> C::End {
        let ended = self.chain();
        #[cfg(feature = "tracing")]
        let ended = tracing::Instrument::instrument(ended, trace::span());
        ended.await
    }

    async fn chain(self) -> C::End {
        let mut run = Run::new(self.first, self.limits.repeats);
        loop {
            let sent = match run.ask() {
                Ok(request) => Ok(self.http.send(request, &self.limits).await),
                Err(error) => Err(error),
            };
            match run.came(sent) {
                ControlFlow::Continue(next) => run = next,
                ControlFlow::Break(end) => return end,
            }
        }
    }
}

/// The future of a call.
#[cfg(not(target_family = "wasm"))]
pub type CallFuture<'a, E> = Pin<Box<dyn Future<Output = E> + Send + 'a>>;
/// The future of a call.
#[cfg(target_family = "wasm")]
pub type CallFuture<'a, E> = Pin<Box<dyn Future<Output = E> + 'a>>;

#[cfg(not(target_family = "wasm"))]
impl<'a, H: HttpClient + Sync, C: Chain + Send + 'a> IntoFuture for Call<'a, H, C> {
    type Output = C::End;
    type IntoFuture = CallFuture<'a, C::End>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.drive())
    }
}

#[cfg(target_family = "wasm")]
impl<'a, H: HttpClient, C: Chain + 'a> IntoFuture for Call<'a, H, C> {
    type Output = C::End;
    type IntoFuture = CallFuture<'a, C::End>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.drive())
    }
}
