//! On whose behalf a request is made.

use http::header::ACCEPT;
use http::request::Builder;
use http::{Method, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::ambient::AmbientCookies;
use super::public_url::PublicUrl;
use super::session_token::SessionToken;

/// The public API, asked on behalf of a person. A [`Mode`](super::Mode) makes it.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(crate) server: PublicUrl,
    pub(crate) proof: Proof,
}

/// How the person proves to be logged in; native and browser flows are never mixed.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    /// A native application, with the token that Kratos handed out at login.
    Native(SessionToken),
    /// The cookies of a browser.
    Browser(Browser),
}

/// A browser, as far as requests depend on it.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) cookies: Cookies,
    /// Where Kratos shall send it in the end.
    pub(crate) return_to: Option<String>,
}

/// Who adds the cookies to a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cookies {
    /// The [`Relay`](super::Relay) around the exchange.
    Forwarded,
    /// The browser that runs this code.
    Ambient,
}

impl Caller {
    /// Whether the flows are those of browsers, whose submits need a CSRF token.
    pub(crate) fn is_browser(&self) -> bool {
        matches!(self.proof, Proof::Browser(_))
    }

    /// The request that creates a self-service flow (`settings`, `login`) of the caller's kind.
    pub(crate) fn create(&self, flow: &str) -> Result<Builder, http::Error> {
        let path = match &self.proof {
            Proof::Native(_) => format!("/self-service/{flow}/api"),
            Proof::Browser(browser) => match &browser.return_to {
                None => format!("/self-service/{flow}/browser"),
                Some(url) => {
                    let url = utf8_percent_encode(url, NON_ALPHANUMERIC);
                    format!("/self-service/{flow}/browser?return_to={url}")
                }
            },
        };
        self.request(Method::GET, &path)
    }

    /// A request to an endpoint of the public API; `path` starts with a slash.
    pub(crate) fn request(&self, method: Method, path: &str) -> Result<Builder, http::Error> {
        let request = anonymous(&self.server, method, path);
        match &self.proof {
            Proof::Native(token) => Ok(request.header("X-Session-Token", token.header()?)),
            Proof::Browser(browser) => Ok(match browser.cookies {
                Cookies::Forwarded => request,
                Cookies::Ambient => request.extension(AmbientCookies),
            }),
        }
    }
}

/// A request to an endpoint of the public API on behalf of nobody; `path` starts with a slash.
pub(crate) fn anonymous(server: &PublicUrl, method: Method, path: &str) -> Builder {
    Request::builder()
        .method(method)
        .uri(server.endpoint(path))
        // Without it Kratos answers in HTML wherever it does not know the flow yet.
        .header(ACCEPT, "application/json")
}
