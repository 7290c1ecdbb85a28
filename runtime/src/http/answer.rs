//! Responses of Kratos. The HTTP status decides first; the body gives details only.
//!
//! `error.code`, `state` and message 1050001 can contradict the status: a 400 may have `code: 500`, and a
//! flow that succeeded once keeps `state: success` when a later submit is refused.

use std::fmt;

use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::error::content_type;
use super::{Error, Phase};

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

    /// The response is not one of Kratos.
    pub(crate) fn error(&self, what: &'static str) -> Error {
        Error::Answer {
            phase: self.phase,
            status: self.status.as_u16(),
            content_type: content_type(self.response),
            what,
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
}

/// An error of Kratos that has no outcome of its own.
///
/// A 404 on [`Phase::Create`] usually means that the URL is not that of Kratos's *public* API; a 404 on
/// [`Phase::Submit`], that the method `profile` is disabled.
#[derive(Clone)]
#[non_exhaustive]
pub struct Refusal {
    /// The refused request.
    pub phase: Phase,
    /// The HTTP status.
    pub status: u16,
    /// `error.id`, if there is one.
    pub id: Option<String>,
    /// `error.reason`, or else `error.message`; may contain what a person typed.
    pub reason: Option<String>,
    /// The whole body; may contain personal data.
    pub body: Box<RawValue>,
}

impl Refusal {
    pub(crate) fn read(answer: &Answer<'_>, envelope: Envelope) -> Result<Self, Error> {
        Ok(Self {
            phase: answer.phase,
            status: answer.status.as_u16(),
            id: envelope.error.id,
            reason: envelope.error.reason.or(envelope.error.message),
            body: answer.read::<&RawValue>("expected JSON")?.to_owned(),
        })
    }

    /// Whether the traits may have been saved nevertheless. Kratos runs web hooks and updates its flow after
    /// the save; a failure there is a server error, or an error with status 400
    /// (`selfservice/flow/settings/{hook,error}.go`; observed on v1.3.1).
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
        let after_save = self.phase == Phase::Submit && self.status == 400;
        self.phase.saves() && (after_save || self.status >= 500)
    }

    /// Whether Kratos's database aborted the transaction because of a concurrent one: status 400 without
    /// an id (`ErrConcurrentUpdate` in `sqlcon` of `ory/x`). Another attempt usually succeeds.
    ///
    /// ```
    /// use kratos_traits::{Outcome, Refusal};
    ///
    /// fn should_retry<T>(outcome: &Outcome<T>) -> bool {
    ///     matches!(outcome, Outcome::Refused(refusal) if refusal.is_concurrent_update())
    /// }
    /// ```
    pub fn is_concurrent_update(&self) -> bool {
        let reason = self.reason.as_deref().unwrap_or_default();
        self.status == 400 && reason.starts_with("Unable to serialize access")
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("phase", &self.phase)
            .field("status", &self.status)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
