//! JSON over HTTP as a native client sends it, or with a browser's cookies: none kept, no redirects
//! followed, no proxy.

use std::time::Duration;

use reqwest::header::{ACCEPT, COOKIE, HeaderName, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use serde_json::Value;

use super::Failure;

/// Kratos takes the absence of this for a browser that wants HTML.
const JSON: &str = "application/json";

const PATIENCE: Duration = Duration::from_secs(30);

/// One base URL, public or admin.
#[derive(Clone, Debug)]
pub struct Api {
    client: Client,
    base: String,
}

/// An answer of the server.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The JSON body; a string if the body was not JSON, null if there was none.
    pub body: Value,
    /// The header `Location`.
    pub location: Option<String>,
    /// The headers `Set-Cookie`.
    pub set_cookies: Vec<String>,
    asked: String,
}

impl Api {
    /// The server at this base URL, with or without a slash at the end.
    pub fn at(base: &str) -> Result<Self, Failure> {
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(|e| Failure::because("no HTTP client", &e))?;
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self { client, base })
    }

    /// The base URL, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// `GET`, with a session token if there is one.
    pub async fn get(&self, path: &str, token: Option<&str>) -> Result<Answer, Failure> {
        self.send(Method::GET, path, token, None).await
    }

    /// `POST` of a JSON body, with a session token if there is one.
    pub async fn post(
        &self,
        path: &str,
        token: Option<&str>,
        body: &Value,
    ) -> Result<Answer, Failure> {
        self.send(Method::POST, path, token, Some(body)).await
    }

    /// `GET` with the cookies of a browser.
    pub async fn get_with_cookies(&self, path: &str, cookies: &str) -> Result<Answer, Failure> {
        let headers = [(ACCEPT, JSON), (COOKIE, cookies)];
        self.ask(Method::GET, path, &headers, None).await
    }

    /// `GET` as a browser does it that follows a link: in the hope of HTML.
    pub async fn visit(&self, path: &str, cookies: &str) -> Result<Answer, Failure> {
        let headers = [(ACCEPT, "text/html"), (COOKIE, cookies)];
        self.ask(Method::GET, path, &headers, None).await
    }

    /// `POST` of a JSON body, with the cookies of a browser.
    pub async fn post_with_cookies(
        &self,
        path: &str,
        cookies: &str,
        body: &Value,
    ) -> Result<Answer, Failure> {
        let headers = [(ACCEPT, JSON), (COOKIE, cookies)];
        self.ask(Method::POST, path, &headers, Some(body)).await
    }

    /// `POST` as a browser does it that submits a form: in the hope of HTML.
    pub async fn submit(&self, path: &str, cookies: &str, body: &Value) -> Result<Answer, Failure> {
        let headers = [(ACCEPT, "text/html"), (COOKIE, cookies)];
        self.ask(Method::POST, path, &headers, Some(body)).await
    }

    /// Any request; the path starts with a slash and may carry a query.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        let mut headers = vec![(ACCEPT, JSON)];
        headers.extend(token.map(|token| (HeaderName::from_static("x-session-token"), token)));
        self.ask(method, path, &headers, body).await
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(HeaderName, &str)],
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        let asked = format!("{method} {}{path}", self.base);
        let failed = |e: reqwest::Error| Failure::because(&asked, &e.without_url());

        let mut request = self.client.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(failed)?;
        let status = response.status().as_u16();
        let set_cookies = response.headers().get_all(SET_COOKIE).iter();
        let set_cookies = set_cookies.filter_map(|value| value.to_str().ok().map(str::to_owned));
        let set_cookies = set_cookies.collect();
        let location = response.headers().get(LOCATION);
        let location = location.and_then(|value| value.to_str().ok().map(str::to_owned));
        let text = response.text().await.map_err(failed)?;
        let body = match serde_json::from_str(&text) {
            Ok(json) => json,
            Err(_) if text.is_empty() => Value::Null,
            Err(_) => Value::String(text),
        };
        Ok(Answer {
            status,
            body,
            location,
            set_cookies,
            asked,
        })
    }
}

impl Answer {
    /// The body, if the status is the one that was expected.
    pub fn require(self, status: u16) -> Result<Value, Failure> {
        if self.status == status {
            return Ok(self.body);
        }
        Err(Failure::new(format_args!(
            "{}: expected status {status}, got {}: {}",
            self.asked, self.status, self.body
        )))
    }
}
