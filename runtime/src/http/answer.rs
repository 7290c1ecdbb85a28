//! Responses of Kratos. The HTTP status decides first; the body gives details only.
//!
//! `error.code`, `state` and message 1050001 can contradict the status: a 400 may have `code: 500`, and a
//! flow that succeeded once keeps `state: success` when a later submit is refused.

use std::fmt;
use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, Response, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use super::error::content_type;
use super::{ContinueWith, Error, Phase};

/// A response to a request.
pub(crate) struct Answer<'a> {
    pub(crate) phase: Phase,
    pub(crate) status: StatusCode,
    response: &'a Response<Vec<u8>>,
}

impl<'a> Answer<'a> {
    pub(crate) fn new(phase: Phase, response: &'a Response<Vec<u8>>) -> Self {
        Self {
            phase,
            status: response.status(),
            response,
        }
    }

    /// Reads the body; `expected` is the error for JSON of another shape.
    pub(crate) fn read<B: Deserialize<'a>>(&self, expected: &'static str) -> Result<B, Error> {
        serde_json::from_slice(self.response.body()).map_err(|error| {
            self.error(match error.classify() {
                serde_json::error::Category::Syntax => "expected JSON",
                serde_json::error::Category::Eof => "the JSON ends too early",
                _ => expected,
            })
        })
    }

    /// The refusal if the server, or a gateway in front of it, asks to try again later: too many requests, or not available now.
    pub(crate) fn busy(&self) -> Option<Refusal> {
        let is_busy = matches!(
            self.status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        );
        is_busy.then(|| Refusal::of_any_body(self))
    }

    /// The headers, whose values `Debug` does not show: they may contain cookies.
    pub(crate) fn headers(&self) -> Box<HeaderMap> {
        let mut headers = Box::new(self.response.headers().clone());
        for value in headers.values_mut() {
            value.set_sensitive(true);
        }
        headers
    }

    /// The response is not one of Kratos.
    pub(crate) fn error(&self, what: &'static str) -> Error {
        Error::Answer {
            phase: self.phase,
            status: self.status.as_u16(),
            content_type: content_type(self.response),
            what,
            headers: self.headers(),
        }
    }
}

/// The error body of Kratos (`herodot`). All members are optional, and unknown ones are ignored.
#[derive(Deserialize)]
pub(crate) struct Envelope {
    pub(crate) error: ErrorBody,
    #[serde(default)]
    pub(crate) redirect_browser_to: Option<String>,
    /// The flow that replaces an expired one.
    #[serde(default)]
    pub(crate) use_flow_id: Option<String>,
}

#[derive(Default, Deserialize)]
pub(crate) struct ErrorBody {
    #[serde(default)]
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) message: Option<String>,
    #[serde(default)]
    details: Value,
}

impl ErrorBody {
    /// The text for the person.
    pub(crate) fn text(&self) -> Option<&str> {
        self.reason.as_deref().or(self.message.as_deref())
    }

    /// What Kratos suggests to do next.
    pub(crate) fn continue_with(&self) -> Vec<ContinueWith> {
        let items = self.details.get("continue_with").and_then(Value::as_array);
        let items = items.into_iter().flatten();
        items.cloned().map(ContinueWith::read).collect()
    }
}

/// An answer with an error that has no outcome of its own, or that an outcome contains.
///
/// A 404 on [`Phase::Create`] usually means that the URL is not that of Kratos's *public* API; a 404 on
/// [`Phase::Submit`], that the method `profile` is disabled.
#[derive(Clone)]
#[non_exhaustive]
pub struct Refusal {
    /// The refused request.
    pub phase: Phase,
    /// `error.id`, if there is one.
    pub id: Option<String>,
    /// `error.reason`, or else `error.message`; may contain what a person typed.
    pub reason: Option<String>,
    /// The whole body; may contain personal data. That of a gateway need not be JSON.
    pub body: Vec<u8>,
    status: StatusCode,
    headers: Box<HeaderMap>,
}

impl Refusal {
    /// Reads an error of Kratos.
    pub(crate) fn read(answer: &Answer<'_>, envelope: Envelope) -> Self {
        Self::of(answer, envelope.error)
    }

    /// Reads an error with a body of any form, because gateways have their own.
    pub(crate) fn of_any_body(answer: &Answer<'_>) -> Self {
        let error = answer.read::<Envelope>("").map(|envelope| envelope.error);
        Self::of(answer, error.unwrap_or_default())
    }

    fn of(answer: &Answer<'_>, error: ErrorBody) -> Self {
        Self {
            phase: answer.phase,
            reason: error.text().map(str::to_owned),
            id: error.id,
            body: answer.response.body().clone(),
            status: answer.status,
            headers: answer.headers(),
        }
    }

    /// The HTTP status of the answer.
    ///
    /// ```
    /// use kratos_traits::Refusal;
    ///
    /// fn is_fault_of_the_server(refusal: &Refusal) -> bool {
    ///     refusal.status() >= 500
    /// }
    /// ```
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers of the answer. Their values are marked as sensitive, so `Debug` does not show them.
    ///
    /// ```
    /// use kratos_traits::Refusal;
    ///
    /// fn request_id(refusal: &Refusal) -> Option<&str> {
    ///     refusal.headers().get("x-request-id")?.to_str().ok()
    /// }
    /// ```
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How long to wait before another attempt, according to the header `Retry-After`: a number of seconds, or a time, which is
    /// compared with the header `Date`. `None` if the answer does not have it.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use kratos_traits::Outcome;
    ///
    /// fn wait<T>(outcome: &Outcome<T>) -> Option<Duration> {
    ///     match outcome {
    ///         Outcome::Busy(refusal, _) => Some(refusal.retry_after().unwrap_or(Duration::from_secs(1))),
    ///         _ => None,
    ///     }
    /// }
    /// ```
    pub fn retry_after(&self) -> Option<Duration> {
        let header = |name| self.headers.get(name)?.to_str().ok();
        let after = header(RETRY_AFTER)?.trim();
        if let Ok(seconds) = after.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let time = httpdate::parse_http_date(after).ok()?;
        let now = httpdate::parse_http_date(header(DATE)?).ok()?;
        Some(time.duration_since(now).unwrap_or_default())
    }

    /// Whether the traits may have been saved nevertheless. Kratos runs web hooks and updates its flow after
    /// the save; a failure there is a server error, or an error with status 400
    /// (K-hook-2: `selfservice/flow/settings/{hook,error}.go`; observed on v1.3.1).
    ///
    /// `true`: read the traits again before another attempt. An update that is
    /// [based on](crate::client::Settings::based_on) the traits that it was made on can be repeated.
    ///
    /// ```
    /// use kratos_traits::Refusal;
    ///
    /// fn advice(refusal: &Refusal) -> &'static str {
    ///     if refusal.may_have_been_saved() { "Please check your profile." } else { "Please try again." }
    /// }
    /// ```
    pub fn may_have_been_saved(&self) -> bool {
        let after_save = self.phase == Phase::Submit && self.status == StatusCode::BAD_REQUEST;
        self.phase.saves() && (after_save || self.status.is_server_error())
    }

    /// Whether Kratos's database aborted the transaction because of a concurrent one: status 400 without
    /// an id (`ErrConcurrentUpdate` in `sqlcon` of `ory/x`). Another attempt usually succeeds.
    pub(crate) fn is_concurrent_update(&self) -> bool {
        let reason = self.reason.as_deref().unwrap_or_default();
        self.status == StatusCode::BAD_REQUEST && reason.starts_with("Unable to serialize access")
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("phase", &self.phase)
            .field("status", &self.status())
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
