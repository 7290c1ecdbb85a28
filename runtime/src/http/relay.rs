//! An exchange on behalf of somebody else's browser.

use std::fmt;
use std::ops::ControlFlow;

use http::header::COOKIE;
use http::{Request, Response};

use super::chain::Chain;
use super::cookies::{BrowserCookies, SetCookies};
use super::error::Error;
use super::phase::Phase;
use super::{Exchange, chain};

/// An exchange that a server makes on behalf of a browser: the browser's cookies go to Kratos, and
/// those that Kratos sets come back.
///
/// What one answer sets goes with the next request already, as from a browser: the cookie against
/// forged forms that comes with a new flow belongs to the submit.
#[must_use = "nothing is sent before a driver sends it"]
pub struct Relay<X> {
    exchange: X,
    cookies: BrowserCookies,
    set_cookies: SetCookies,
}

/// What comes back to a server that asks on behalf of a browser.
///
/// Hand the cookies on to the browser however it ended; a person whose session cookie is lost on the
/// way must log in again.
#[derive(Debug)]
#[must_use = "the browser must be told of the cookies, and only `outcome` says how it ended"]
#[non_exhaustive]
pub struct Relayed<O> {
    /// How it ended.
    pub outcome: Result<O, Error>,
    /// The cookies that Kratos set, also when it ended in an error.
    pub set_cookies: SetCookies,
}

impl<X> Relay<X> {
    /// Only a [`Mode`](crate::exchange::Mode) makes one, so that no native exchange gets cookies.
    pub(crate) fn new(cookies: BrowserCookies, exchange: X) -> Self {
        Self {
            exchange,
            cookies,
            set_cookies: SetCookies::default(),
        }
    }
}

impl<X: Exchange> Chain for Relay<X> {
    type End = Relayed<X::Output>;

    fn at(&self) -> Phase {
        self.exchange.phase()
    }

    fn ask(&self) -> Result<Request<Vec<u8>>, Error> {
        let mut request = self.exchange.request()?;
        if let Some(cookies) = self.cookies.header() {
            let phase = self.at();
            let cookies = cookies.map_err(Error::unbuilt(phase))?;
            request.headers_mut().insert(COOKIE, cookies);
        }
        Ok(request)
    }

    fn answered(
        mut self,
        answer: Result<Response<Vec<u8>>, Error>,
    ) -> ControlFlow<Self::End, Self> {
        if let Ok(answer) = &answer {
            self.set_cookies.take(answer.headers(), &mut self.cookies);
        }
        match chain::step(self.exchange, answer) {
            ControlFlow::Continue(exchange) => ControlFlow::Continue(Self { exchange, ..self }),
            ControlFlow::Break(outcome) => ControlFlow::Break(Relayed {
                outcome,
                set_cookies: self.set_cookies,
            }),
        }
    }
}

impl<X> fmt::Debug for Relay<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay")
            .field("cookies", &self.cookies)
            .field("set_cookies", &self.set_cookies)
            .finish_non_exhaustive()
    }
}
