//! One request: its headers, and the JSON body of a submit.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, ORIGIN, USER_AGENT};
use http::{HeaderMap, Method, Uri};
use serde_json::Value;
use serde_json::value::RawValue;

use super::browser;
use super::flow::Failure;
use super::refusal::Refusal;
use super::ui::Message;

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

    /// The value of a query parameter, still escaped.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        query_value(self.uri.query()?, name)
    }

    /// The whole URL of a request to the server with this base URL.
    pub(super) fn url(&self, base: &str) -> String {
        match self.uri.query() {
            Some(query) => format!("{base}{}?{query}", self.path()),
            None => format!("{base}{}", self.path()),
        }
    }

    /// The session token, by Kratos's order of search.
    pub(super) fn session_token(&self) -> Option<&str> {
        let header = self.header("X-Session-Token").filter(|it| !it.is_empty());
        if let Some(token) = header.or_else(|| browser::session_token(self)) {
            return Some(token);
        }
        let (scheme, token) = self.header(AUTHORIZATION.as_str())?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token)
    }

    /// The media type of the body, without its parameters.
    pub(super) fn media_type(&self) -> &str {
        let value = self.content_type().split(';').next();
        value.unwrap_or_default().trim()
    }

    pub(super) fn content_type(&self) -> &str {
        self.header(CONTENT_TYPE.as_str()).unwrap_or_default()
    }

    pub(super) fn user_agent(&self) -> &str {
        self.header(USER_AGENT.as_str()).unwrap_or_default()
    }

    /// Refuses a submit of a native flow that has the headers of a browser.
    pub(super) fn ensure_native(&self) -> Result<(), Failure> {
        let refusal = |key: &str, how: &str| {
            Failure::reason(&format!(
                "The HTTP Request Header included the \"{key}\" key, indicating that this request \
                 was made {how}. The flow however was initiated as an API request. To prevent \
                 potential misuse and mitigate several attack vectors including CSRF, the request \
                 has been blocked. Please consult the documentation."
            ))
        };
        if !self.header(ORIGIN.as_str()).unwrap_or_default().is_empty() {
            return Err(refusal("Origin", "as part of an AJAX request in a Browser"));
        }
        let mut cookies = self.cookies();
        if cookies.any(|cookie| !cookie.is_empty() && !is_from_cloudflare(cookie)) {
            return Err(refusal("Cookie", "by a Browser"));
        }
        Ok(())
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

/// The value of a parameter of a query, still escaped.
pub(super) fn query_value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(key, value)| (key == name).then_some(value))
}

fn is_from_cloudflare(cookie: &str) -> bool {
    ["__cf", "_cf", "cf_"]
        .iter()
        .any(|prefix| cookie.starts_with(prefix))
}

/// The JSON object of a submit; its members keep their text.
pub(super) struct Body<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Body<'a> {
    pub(super) fn read(request: &'a Request) -> Result<Self, Failure> {
        if request.body.is_empty() {
            let reason = "Unable to decode HTTP Request Body because its HTTP Header \
                          \"Content-Length\" is zero.";
            return Err(Failure::reason(reason));
        }
        match request.media_type() {
            "application/json" => {}
            "application/x-www-form-urlencoded" | "multipart/form-data" => {
                return Err(Refusal::not_implemented("forms").into());
            }
            _ => {
                return Err(Failure::reason(&format!(
                    "HTTP {} Request used unknown HTTP Header \"Content-Type: {}\", only \
                     [multipart/form-data application/x-www-form-urlencoded application/json] are \
                     supported.",
                    request.method,
                    request.content_type()
                )));
            }
        }
        let value = serde_json::from_slice::<&RawValue>(&request.body)
            .map_err(|_| Failure::reason("Unable to decode form as JSON."))?;
        let members = serde_json::from_str(value.get()).map_err(|_| {
            Failure::reason(&format!(
                "Expected JSON sent in request body to be an object but got: {}",
                kind(value)
            ))
        })?;
        let body = Self(members);
        if body.0.keys().any(|name| name.starts_with("traits.")) {
            return Err(Refusal::not_implemented("flat JSON").into());
        }
        Ok(body)
    }

    pub(super) fn member(&self, name: &str) -> Option<&'a RawValue> {
        self.0.get(name).copied()
    }

    /// A member as text; empty if it is absent or `null`.
    pub(super) fn text(&self, name: &str) -> String {
        let text = self.member(name).map_or("null", RawValue::get);
        match serde_json::from_str(text) {
            Ok(Value::String(text)) => text,
            Ok(Value::Null) => String::new(),
            _ => text.to_owned(),
        }
    }

    /// Refuses every `method` but `expected`: with status 501 if it is one of `known`, which Kratos
    /// has in `flows`, else with the message `unknown`.
    pub(super) fn ensure_method(
        &self,
        expected: &str,
        known: &[&str],
        flows: &str,
        unknown: Message,
    ) -> Result<(), Failure> {
        match self.text("method") {
            method if method == expected => Ok(()),
            method if known.contains(&method.as_str()) => {
                let what = format!("the method {method} in {flows}");
                Err(Refusal::not_implemented(&what).into())
            }
            _ => Err(Failure::General(unknown)),
        }
    }
}

/// The name of a JSON type in Go's `gjson`, which Kratos uses.
fn kind(value: &RawValue) -> &'static str {
    match value.get().as_bytes().first() {
        Some(b'"') => "String",
        Some(b't') => "True",
        Some(b'f') => "False",
        Some(b'n') => "Null",
        Some(b'{' | b'[') => "JSON",
        _ => "Number",
    }
}
