//! How a person authenticates with the public API.

use http::header::ACCEPT;
use http::request::Builder;
use http::{Method, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::base_url::BaseUrl;
use super::cookies::BrowserCookies;
use super::login_url::LoginUrl;
use super::tokens::SessionToken;

/// How the person on whose behalf a client acts is authenticated.
///
/// The methods of [`Client`](crate::Client) take `impl Into<Auth>`:
///
/// | argument | for | flows |
/// |---|---|---|
/// | `&SessionToken` | a native application that holds the token | `…/api`, header `X-Session-Token` |
/// | `&mut BrowserCookies` | a server that handles a request of a browser | `…/browser`, header `Cookie` |
/// | `InBrowser` | an application in the browser (wasm) | `…/browser`, cookies added by the browser |
///
/// ```
/// use kratos_traits::{Auth, BrowserCookies, Client, InBrowser, SessionToken};
///
/// fn examples(client: &Client, session: &SessionToken, cookies: &mut BrowserCookies) {
///     let _ = client.settings(session);
///     let _ = client.settings(cookies);
///     let _ = client.settings(InBrowser::new());
///     let _ = client.settings(Auth::Session(session));
/// }
/// ```
///
/// A request never has both a token and cookies: Kratos refuses a native flow with a cookie, and prefers
/// the token to the cookies (K-settings-4: `extractToken` in `session/manager_http.go`). `Origin` and `X-Forwarded-…` are
/// never sent.
#[derive(Debug)]
pub enum Auth<'a> {
    /// The session token of a native application.
    Session(&'a SessionToken),
    /// The cookies of the browser whose request a server handles. Kratos's cookies are added to them.
    Cookies(&'a mut BrowserCookies),
    /// The cookies of the browser that runs this code.
    InBrowser(InBrowser),
}

impl<'a> From<&'a SessionToken> for Auth<'a> {
    fn from(session: &'a SessionToken) -> Self {
        Self::Session(session)
    }
}

impl<'a> From<&'a mut BrowserCookies> for Auth<'a> {
    fn from(cookies: &'a mut BrowserCookies) -> Self {
        Self::Cookies(cookies)
    }
}

impl From<InBrowser> for Auth<'_> {
    fn from(browser: InBrowser) -> Self {
        Self::InBrowser(browser)
    }
}

impl<'a> Auth<'a> {
    /// The context of the requests, and the cookies to send with them.
    ///
    /// `browser_url` is the base URL for the browser, if it is another one.
    pub(crate) fn into_context(
        self,
        server: &BaseUrl,
        browser_url: Option<&BaseUrl>,
    ) -> (Context, Option<&'a mut BrowserCookies>) {
        let (flows, cookies) = match self {
            Self::Session(token) => (Flows::Native(token.clone()), None),
            Self::Cookies(cookies) => {
                let return_to = cookies.return_url().map(str::to_owned);
                let in_browser = false;
                (
                    Flows::Browser {
                        in_browser,
                        return_to,
                    },
                    Some(cookies),
                )
            }
            Self::InBrowser(InBrowser { return_to }) => {
                let in_browser = true;
                (
                    Flows::Browser {
                        in_browser,
                        return_to,
                    },
                    None,
                )
            }
        };
        let context = Context {
            server: server.clone(),
            browser_url: browser_url.cloned(),
            flows,
        };
        (context, cookies)
    }
}

/// The browser that runs this code (`wasm32-unknown-unknown`), with the cookies that it adds itself.
///
/// If Kratos has another origin than the page, its configuration must allow requests with credentials
/// (`serve.public.cors`).
#[derive(Clone, Debug, Default)]
pub struct InBrowser {
    return_to: Option<String>,
}

impl InBrowser {
    /// The person who uses this browser.
    ///
    /// ```
    /// use kratos_traits::{Client, InBrowser};
    ///
    /// fn settings(client: &Client) {
    ///     let _ = client.settings(InBrowser::new());
    /// }
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets where the browser lands after a login and at the end of a flow, as [`BrowserCookies::return_to`] does.
    ///
    /// ```
    /// use kratos_traits::InBrowser;
    ///
    /// let browser = InBrowser::new().return_to("https://example.org/profile");
    /// ```
    #[must_use]
    pub fn return_to(mut self, url: impl Into<String>) -> Self {
        self.return_to = Some(url.into());
        self
    }
}

/// An extension of requests that an HTTP client in a browser sends with the cookies of the browser
/// (`fetch` with `credentials: "include"`).
///
/// The client for `reqwest` does that. A custom [`HttpClient`](crate::client::HttpClient) in a browser
/// must do it too. Other clients have no such cookies, and must not store cookies.
///
/// ```
/// use kratos_traits::client::AmbientCookies;
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

/// The server and the person of requests to the public API.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    server: BaseUrl,
    /// The base URL for the browser, if it is another one.
    browser_url: Option<BaseUrl>,
    flows: Flows,
}

/// The two kinds of flows. They are never mixed.
#[derive(Clone, Debug)]
enum Flows {
    /// Native flows, with a session token.
    Native(SessionToken),
    /// Browser flows, with cookies.
    Browser {
        /// Whether the browser itself adds the cookies.
        in_browser: bool,
        return_to: Option<String>,
    },
}

impl Context {
    /// Native flows of the person who owns the session.
    pub(crate) fn native(server: BaseUrl, session: SessionToken) -> Self {
        Self {
            server,
            browser_url: None,
            flows: Flows::Native(session),
        }
    }

    /// Whether the flows are browser flows, whose submits need a CSRF token.
    pub(crate) fn is_browser(&self) -> bool {
        matches!(self.flows, Flows::Browser { .. })
    }

    /// Where a browser logs in: what Kratos proposes, or a URL of our own if the application says where the browser must land, or if
    /// Kratos proposes nothing. Kratos's own URL leads to its settings page (K-session-6).
    pub(crate) fn login_url(
        &self,
        purpose: fn(LoginUrl) -> LoginUrl,
        proposed: Option<String>,
    ) -> Option<String> {
        let Flows::Browser { return_to, .. } = &self.flows else {
            return proposed;
        };
        if return_to.is_none() && proposed.is_some() {
            return proposed;
        }
        let url = match &self.browser_url {
            Some(base) => LoginUrl::at(base),
            None => (proposed.as_deref().and_then(LoginUrl::like))
                .unwrap_or_else(|| LoginUrl::at(&self.server)),
        };
        let url = purpose(match return_to {
            Some(place) => url.return_to(place),
            None => url,
        });
        Some(url.to_string())
    }

    /// The request that creates a self-service flow (`settings`, `login`).
    pub(crate) fn create(&self, flow: &str) -> Result<Builder, http::Error> {
        let path = match &self.flows {
            Flows::Native(_) => format!("/self-service/{flow}/api"),
            Flows::Browser { return_to, .. } => {
                let query = return_to.as_ref().map(|url| {
                    format!("?return_to={}", utf8_percent_encode(url, NON_ALPHANUMERIC))
                });
                format!("/self-service/{flow}/browser{}", query.unwrap_or_default())
            }
        };
        self.request(Method::GET, &path)
    }

    /// A request to an endpoint of the public API; `path` starts with a slash.
    pub(crate) fn request(&self, method: Method, path: &str) -> Result<Builder, http::Error> {
        let request = anonymous(&self.server, method, path);
        Ok(match &self.flows {
            Flows::Native(token) => request.header("X-Session-Token", token.header()?),
            Flows::Browser {
                in_browser: true, ..
            } => request.extension(AmbientCookies),
            Flows::Browser { .. } => request,
        })
    }
}

/// A request without authentication to an endpoint of the public API; `path` starts with a slash.
pub(crate) fn anonymous(server: &BaseUrl, method: Method, path: &str) -> Builder {
    Request::builder()
        .method(method)
        .uri(server.endpoint(path))
        // Without it Kratos answers in HTML as long as it does not know the flow.
        .header(ACCEPT, "application/json")
}
