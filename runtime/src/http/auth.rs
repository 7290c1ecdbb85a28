//! How a person proves to be logged in: the ways in, never mixed.

use http::header::ACCEPT;
use http::request::Builder;
use http::{Method, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Exchange;
use super::base_url::PublicUrl;
use super::chain::Chain;
use super::cookies::BrowserCookies;
use super::relay::Relay;
use super::tokens::SessionToken;

/// How the person on whose behalf Kratos is asked proves to be logged in.
///
/// | mode | whose code | flows | proof | ends in |
/// |---|---|---|---|---|
/// | [`Native`] | an application that holds the session token | `…/api` | `X-Session-Token` | `Result<…, Error>` |
/// | [`Forwarded`] | a server that answers a browser | `…/browser` | the browser's cookies | [`Relayed`](crate::exchange::Relayed) |
/// | [`InBrowser`] | the browser itself (wasm) | `…/browser` | the cookies that it adds | `Result<…, Error>` |
///
/// A native request has no cookie, a browser's no token: Kratos refuses a native flow with a cookie,
/// and would take the token for more than the cookies (`session/manager_http.go`, `extractToken`).
/// No mode sends `Origin`. None sends `X-Forwarded-…` either: which of them may be trusted is for the
/// application to say, and a settings flow does not need them.
///
/// By type there is no exchange with both: a token makes native requests only, and a browser's way to
/// its end holds the cookies.
///
/// ```compile_fail,E0308
/// # use kratos_traits::client::PublicClient;
/// # use kratos_traits::SessionToken;
/// fn mixed<H>(client: &PublicClient<H>, session: &SessionToken) {
///     client.forwarding(session);
/// }
/// ```
/// ```compile_fail,E0599
/// # use kratos_traits::client::PublicClient;
/// # use kratos_traits::SessionToken;
/// fn mixed<H>(client: &PublicClient<H>, session: &SessionToken) {
///     client.native(session).return_to("https://example.org");
/// }
/// ```
/// ```
/// # use kratos_traits::client::PublicClient;
/// # use kratos_traits::{BrowserCookies, SessionToken};
/// fn apart<H>(client: &PublicClient<H>, session: &SessionToken, cookies: &BrowserCookies) {
///     client.native(session);
///     client.forwarding(cookies).return_to("https://example.org");
///     client.in_browser().return_to("https://example.org");
/// }
/// ```
pub trait Mode: Clone + sealed::Sealed {
    /// An exchange as it is driven in this mode.
    type Chain<X: Exchange>: Chain;

    /// The only way from a mode to an exchange.
    #[doc(hidden)]
    fn start<X: Exchange>(
        self,
        server: PublicUrl,
        first: impl FnOnce(Caller) -> X,
    ) -> Self::Chain<X>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for crate::http::auth::Native {}
    impl Sealed for crate::http::auth::Forwarded {}
    impl Sealed for crate::http::auth::InBrowser {}
}

/// A native application, with the token that Kratos handed out at login.
#[derive(Clone, Debug)]
pub struct Native(SessionToken);

impl Native {
    /// The person who owns the session.
    pub fn new(session: SessionToken) -> Self {
        Self(session)
    }
}

impl Mode for Native {
    type Chain<X: Exchange> = X;

    fn start<X: Exchange>(self, server: PublicUrl, first: impl FnOnce(Caller) -> X) -> X {
        let proof = Proof::Native(self.0);
        first(Caller { server, proof })
    }
}

/// A server that answers a browser, with the cookies that the browser sent.
///
/// The server may reach Kratos under another address than the browser: requests go to the base URL of
/// the client, and `redirect_browser_to` is handed on as Kratos writes it, for the browser.
#[derive(Clone, Debug)]
pub struct Forwarded {
    cookies: BrowserCookies,
    return_to: Option<String>,
}

impl Forwarded {
    /// The person whose browser sent the cookies.
    pub fn new(cookies: BrowserCookies) -> Self {
        let return_to = None;
        Self { cookies, return_to }
    }

    /// Where Kratos shall send the browser in the end: a URL that its configuration allows
    /// (`selfservice.allowed_return_urls`), or else the flow is refused with
    /// `self_service_flow_return_to_forbidden`.
    #[must_use]
    pub fn return_to(mut self, url: impl Into<String>) -> Self {
        self.return_to = Some(url.into());
        self
    }
}

impl Mode for Forwarded {
    type Chain<X: Exchange> = Relay<X>;

    fn start<X: Exchange>(self, server: PublicUrl, first: impl FnOnce(Caller) -> X) -> Relay<X> {
        let proof = Proof::Browser(Browser {
            cookies: Cookies::Forwarded,
            return_to: self.return_to,
        });
        Relay::new(self.cookies, first(Caller { server, proof }))
    }
}

/// The browser that this code runs in, with [the cookies that it adds by itself](crate::exchange::AmbientCookies).
///
/// Kratos must allow the page to ask it (`serve.public.cors`, with credentials), unless both have one
/// origin.
#[derive(Clone, Debug, Default)]
pub struct InBrowser {
    return_to: Option<String>,
}

impl InBrowser {
    /// The person who uses the browser.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where Kratos shall send the browser in the end; as with [`Forwarded::return_to`].
    #[must_use]
    pub fn return_to(mut self, url: impl Into<String>) -> Self {
        self.return_to = Some(url.into());
        self
    }
}

impl Mode for InBrowser {
    type Chain<X: Exchange> = X;

    fn start<X: Exchange>(self, server: PublicUrl, first: impl FnOnce(Caller) -> X) -> X {
        let proof = Proof::Browser(Browser {
            cookies: Cookies::Ambient,
            return_to: self.return_to,
        });
        first(Caller { server, proof })
    }
}

/// The public API, asked on behalf of a person. A [`Mode`](crate::exchange::Mode) makes it.
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
    /// The [`Relay`](crate::exchange::Relay) around the exchange.
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

/// An extension of the requests of a browser flow that is run by the browser itself (wasm): the
/// HTTP client sends them with the cookies that the browser keeps for Kratos, such as with `fetch`
/// and `credentials: "include"`.
///
/// No code of ours sees these cookies. A client that is no browser has none to send, and must not
/// invent a cookie jar for them.
///
/// ```
/// use kratos_traits::exchange::AmbientCookies;
///
/// fn credentials(request: &http::Request<Vec<u8>>) -> &'static str {
///     match request.extensions().get::<AmbientCookies>() {
///         Some(AmbientCookies) => "include",
///         None => "omit",
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmbientCookies;
