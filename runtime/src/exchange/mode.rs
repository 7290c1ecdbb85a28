//! How a person proves to be logged in: the ways in, never mixed.

use super::Exchange;
use super::caller::{Browser, Caller, Cookies, Proof};
use super::chain::Chain;
use super::cookies::{BrowserCookies, Relay};
use super::public_url::PublicUrl;
use super::session_token::SessionToken;

/// How the person on whose behalf Kratos is asked proves to be logged in.
///
/// | mode | whose code | flows | proof | ends in |
/// |---|---|---|---|---|
/// | [`Native`] | an application that holds the session token | `…/api` | `X-Session-Token` | `Result<…, Error>` |
/// | [`Forwarded`] | a server that answers a browser | `…/browser` | the browser's cookies | [`Relayed`](super::Relayed) |
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
    impl Sealed for super::Native {}
    impl Sealed for super::Forwarded {}
    impl Sealed for super::InBrowser {}
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

/// The browser that this code runs in, with [the cookies that it adds by itself](super::AmbientCookies).
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
