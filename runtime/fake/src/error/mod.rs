//! Refusals in the envelope of Kratos (`herodot`).

mod admin_words;
mod words;

use http::header::SET_COOKIE;
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde_json::Value;

use super::clock::Time;
use super::reply;

/// An answer whose body is an `error`.
pub(super) struct Refusal(Box<Parts>);

struct Parts {
    status: StatusCode,
    cookie: Option<HeaderValue>,
    body: Envelope,
}

#[derive(Serialize)]
struct Envelope {
    error: Error,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_browser_to: Option<String>,
    #[serde(flatten)]
    expired: Option<Expired>,
}

#[derive(Serialize)]
struct Error {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'static str>,
    code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Value>,
    message: String,
}

#[derive(Serialize)]
struct Expired {
    expired_at: Time,
    since: u64,
    use_flow_id: String,
}

impl Refusal {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            status,
            cookie: None,
            body: Envelope {
                error: Error {
                    id: None,
                    code: status.as_u16(),
                    status: status.canonical_reason(),
                    reason: None,
                    details: None,
                    message: message.into(),
                },
                redirect_browser_to: None,
                expired: None,
            },
        }))
    }

    fn id(mut self, id: &'static str) -> Self {
        self.0.body.error.id = Some(id);
        self
    }

    fn reason(mut self, reason: impl Into<String>) -> Self {
        self.0.body.error.reason = Some(reason.into());
        self
    }

    fn details(mut self, details: Value) -> Self {
        self.0.body.error.details = Some(details);
        self
    }

    fn redirect(mut self, url: String) -> Self {
        self.0.body.redirect_browser_to = Some(url);
        self
    }

    pub(super) fn reply(self) -> Response<Vec<u8>> {
        let mut response = reply::error(self.0.status, &self.0.body);
        if let Some(cookie) = self.0.cookie {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        response
    }
}
