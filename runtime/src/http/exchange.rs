//! Requests and their responses, without I/O.

use std::ops::ControlFlow;

use http::header::COOKIE;
use http::{Request, Response, Uri};

use super::answer::Answer;
use super::{BrowserCookies, Error, Phase, SendError};
use super::{trace, wrong_server};

/// A call to Kratos: a request, and what its response leads to.
#[must_use]
pub(crate) trait Exchange: Sized {
    /// The result of the last response.
    type Output;

    /// The current request.
    fn phase(&self) -> Phase;

    /// An error if the call cannot be made at all, before any request.
    fn ready(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Builds the current request.
    fn request(&self) -> Result<Request<Vec<u8>>, http::Error>;

    /// Reads the response: the next request, or the result.
    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error>;

    /// The result as a word, for traces.
    fn outcome(output: &Self::Output) -> &'static str;
}

/// What a response leads to.
pub(crate) enum Step<X: Exchange> {
    /// Another request.
    Next(X),
    /// The result.
    Done(X::Output),
}

/// The next request of a call, or its result.
pub(crate) type Flow<'a, X> = ControlFlow<Result<<X as Exchange>::Output, Error>, Call<'a, X>>;

/// A call on its way: an exchange with its cookies and its retry.
pub(crate) struct Call<'a, X> {
    exchange: X,
    cookies: Option<&'a mut BrowserCookies>,
    with_retries: bool,
    /// Whether the current request is a retry.
    is_retry: bool,
}

impl<'a, X: Exchange> Call<'a, X> {
    pub(crate) fn new(
        exchange: X,
        cookies: Option<&'a mut BrowserCookies>,
        with_retries: bool,
    ) -> Self {
        Self {
            exchange,
            cookies,
            with_retries,
            is_retry: false,
        }
    }

    /// The current request, with the cookies.
    pub(crate) fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        let build = || {
            let mut request = self.exchange.request()?;
            if let Some(cookies) = self.cookies.as_ref().and_then(|cookies| cookies.header()) {
                request.headers_mut().insert(COOKIE, cookies?);
            }
            if wrong_server::reveals_token(&request) {
                trace::token_without_tls();
            }
            Ok(request)
        };
        self.exchange.ready().inspect_err(trace::failed)?;
        let phase = self.exchange.phase();
        build()
            .map_err(|source| Error::Request { phase, source })
            .inspect_err(trace::failed)
    }

    /// The URL of the current request.
    fn uri(&self) -> Uri {
        let request = self.exchange.request();
        request.map_or_else(|_| Uri::default(), |request| request.uri().clone())
    }

    /// Reads the result of sending the current request.
    pub(crate) fn receive(mut self, sent: Result<Response<Vec<u8>>, SendError>) -> Flow<'a, X> {
        let phase = self.exchange.phase();
        let sent = sent.map_err(|error| wrong_server::of_error(|| self.uri(), error));
        if let (Err(SendError::NoAnswer(_)), true, false) =
            (&sent, self.with_retries, self.is_retry)
            && phase.is_safe_to_repeat()
        {
            trace::repeated(phase);
            self.is_retry = true;
            return ControlFlow::Continue(self);
        }
        let step = match sent {
            Ok(response) => {
                trace::answered(phase, response.status());
                if let Some(cookies) = &mut self.cookies {
                    cookies.store(response.headers());
                }
                match wrong_server::of_response(phase, || self.uri(), &response) {
                    Some(what) => Err(Answer::new(phase, &response).error(what)),
                    None => self.exchange.receive(&response),
                }
            }
            Err(error) => Err(Error::Send { phase, error }),
        };
        match step.inspect_err(trace::failed) {
            Ok(Step::Next(exchange)) => ControlFlow::Continue(Self {
                exchange,
                is_retry: false,
                ..self
            }),
            Ok(Step::Done(output)) => {
                trace::outcome(X::outcome(&output));
                ControlFlow::Break(Ok(output))
            }
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}
