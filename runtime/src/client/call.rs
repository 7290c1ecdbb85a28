//! Something to be asked of Kratos, not asked yet.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use super::http_client::{BlockingHttpClient, HttpClient};
use super::limits::Limits;
use http::Response;

use crate::exchange::{Error, Exchange, Phase, SendError, Step, watch};

/// Something to be asked of Kratos: `.await` it, or [`send`](Self::send) it with a blocking client.
///
/// A call that is dropped before it ended may have been saved all the same, as if its answer had been
/// lost.
#[must_use = "nothing is sent before the call is awaited, or sent"]
pub struct Call<'a, H, X> {
    pub(super) http: &'a H,
    pub(super) limits: Limits,
    pub(super) first: X,
}

impl<H, X> fmt::Debug for Call<'_, H, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

impl<H: BlockingHttpClient, X: Exchange> Call<'_, H, X> {
    /// Asks, and waits for the end.
    ///
    /// # Errors
    ///
    /// No answer, or none of Kratos. [`Error::may_have_been_saved`] tells whether an update may have
    /// happened all the same.
    pub fn send(self) -> Result<X::Output, Error> {
        #[cfg(feature = "tracing")]
        let _entered = watch::span().entered();
        self.wait().inspect_err(watch::failed)
    }

    fn wait(self) -> Result<X::Output, Error> {
        let mut exchange = self.first;
        loop {
            let phase = exchange.phase();
            let answer = self.http.send(exchange.request()?, &self.limits);
            match received(exchange, phase, answer)? {
                Step::Next(next) => exchange = next,
                Step::Done(output) => return Ok(output),
            }
        }
    }
}

impl<H: HttpClient, X: Exchange> Call<'_, H, X> {
    async fn drive(self) -> Result<X::Output, Error> {
        let ended = async { self.chain().await.inspect_err(watch::failed) };
        #[cfg(feature = "tracing")]
        let ended = tracing::Instrument::instrument(ended, watch::span());
        ended.await
    }

    async fn chain(self) -> Result<X::Output, Error> {
        let mut exchange = self.first;
        loop {
            let phase = exchange.phase();
            let answer = self.http.send(exchange.request()?, &self.limits).await;
            match received(exchange, phase, answer)? {
                Step::Next(next) => exchange = next,
                Step::Done(output) => return Ok(output),
            }
        }
    }
}

/// What the answer to a request leads to.
fn received<X: Exchange>(
    exchange: X,
    phase: Phase,
    answer: Result<Response<Vec<u8>>, SendError>,
) -> Result<Step<X>, Error> {
    let answer = answer.map_err(|error| error.during(phase))?;
    watch::answered(phase, answer.status());
    exchange.receive(&answer)
}

/// The future of a call.
#[cfg(not(target_family = "wasm"))]
pub type CallFuture<'a, O> = Pin<Box<dyn Future<Output = Result<O, Error>> + Send + 'a>>;
/// The future of a call.
#[cfg(target_family = "wasm")]
pub type CallFuture<'a, O> = Pin<Box<dyn Future<Output = Result<O, Error>> + 'a>>;

#[cfg(not(target_family = "wasm"))]
impl<'a, H: HttpClient + Sync, X: Exchange + Send + 'a> IntoFuture for Call<'a, H, X> {
    type Output = Result<X::Output, Error>;
    type IntoFuture = CallFuture<'a, X::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.drive())
    }
}

#[cfg(target_family = "wasm")]
impl<'a, H: HttpClient, X: Exchange + 'a> IntoFuture for Call<'a, H, X> {
    type Output = Result<X::Output, Error>;
    type IntoFuture = CallFuture<'a, X::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.drive())
    }
}
