//! One request, and what Kratos reads of it before any flow does.

use std::net::SocketAddr;

use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, ORIGIN, USER_AGENT};
use http::{HeaderMap, Method, Uri};

use super::browser;

/// A request with its whole body.
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) peer: SocketAddr,
}

impl Request {
    pub(super) fn path(&self) -> &str {
        self.uri.path()
    }

    /// The value of a query parameter; those that are read here hold nothing that is escaped.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.uri.query()?.split('&');
        pairs
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The whole URL, as the server believes it to be.
    pub(super) fn url(&self, base: &str) -> String {
        match self.uri.query() {
            Some(query) => format!("{base}{}?{query}", self.path()),
            None => format!("{base}{}", self.path()),
        }
    }

    /// The session token, by Kratos's order of search.
    pub(super) fn session_token(&self) -> Option<&str> {
        if let Some(token) = self
            .header("X-Session-Token")
            .filter(|token| !token.is_empty())
        {
            return Some(token);
        }
        if let Some(token) = browser::session_token(self) {
            return Some(token);
        }
        let (scheme, token) = self.header(AUTHORIZATION.as_str())?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token)
    }

    /// The media type of the body, without its parameters.
    pub(super) fn media_type(&self) -> &str {
        let value = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim()
    }

    pub(super) fn content_type(&self) -> &str {
        self.header(CONTENT_TYPE.as_str()).unwrap_or_default()
    }

    pub(super) fn user_agent(&self) -> &str {
        self.header(USER_AGENT.as_str()).unwrap_or_default()
    }

    /// Why a native flow is refused: the request looks like one of a browser.
    pub(super) fn looks_like_a_browser(&self) -> Option<String> {
        let refusal = |key: &str, how: &str| {
            format!(
                "The HTTP Request Header included the \"{key}\" key, indicating that this request \
                 was made {how}. The flow however was initiated as an API request. To prevent \
                 potential misuse and mitigate several attack vectors including CSRF, the request \
                 has been blocked. Please consult the documentation."
            )
        };
        if self
            .header(ORIGIN.as_str())
            .is_some_and(|origin| !origin.is_empty())
        {
            return Some(refusal("Origin", "as part of an AJAX request in a Browser"));
        }
        self.cookies()
            .any(|cookie| !cookie.is_empty() && !is_of_cloudflare(cookie))
            .then(|| refusal("Cookie", "by a Browser"))
    }

    /// The value of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        let mut pairs = self.cookies().filter_map(|cookie| cookie.split_once('='));
        pairs.find_map(|(key, value)| (key == name).then_some(value))
    }

    fn cookies(&self) -> impl Iterator<Item = &str> {
        (self.headers.get_all(COOKIE).iter())
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .map(str::trim)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

fn is_of_cloudflare(cookie: &str) -> bool {
    ["__cf", "_cf", "cf_"]
        .iter()
        .any(|prefix| cookie.starts_with(prefix))
}
