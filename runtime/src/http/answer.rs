//! Reads an answer of Kratos. The HTTP status decides first; the body only says more.
//!
//! `error.code`, `state` and message 1050001 are seen to say other things than the status: a 400
//! may hold `code: 500`, and a flow that once succeeded keeps `state: success` when it is refused.

use std::fmt;

use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::error::{Error, content_type};
use super::phase::Phase;

/// An answer, and how to read it.
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

    /// The body; `what` is said of JSON of another shape.
    pub(crate) fn read<B: serde::Deserialize<'a>>(&self, what: &'static str) -> Result<B, Error> {
        serde_json::from_slice(self.response.body()).map_err(|error| {
            self.error(match error.classify() {
                serde_json::error::Category::Syntax => "it is no JSON",
                serde_json::error::Category::Eof => "it ends too early",
                _ => what,
            })
        })
    }

    /// The answer is none of Kratos.
    pub(crate) fn error(&self, what: &'static str) -> Error {
        Error::Answer {
            phase: self.phase,
            status: self.status.as_u16(),
            content_type: content_type(self.response),
            what,
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Envelope {
    pub(crate) error: ErrorBody,
    #[serde(default)]
    pub(crate) redirect_browser_to: Option<String>,
    /// The flow that takes the place of an expired one.
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

/// An error of Kratos for which there is no outcome of its own.
///
/// A 404 while the flow is created mostly means that the URL is not that of Kratos's *public* API; a
/// 404 afterwards, that the method `profile` is switched off.
#[derive(Clone)]
#[non_exhaustive]
pub struct Refusal {
    /// Which request was refused.
    pub phase: Phase,
    /// The HTTP status.
    pub status: u16,
    /// `error.id`, when there is one.
    pub id: Option<String>,
    /// `error.reason`, or else `error.message`; may quote what a person typed.
    pub reason: Option<String>,
    /// The whole body; may hold personal data.
    pub body: Box<RawValue>,
}

impl Refusal {
    /// Reads an error for which there is no outcome of its own.
    pub(crate) fn read(answer: &Answer<'_>, envelope: Envelope) -> Result<Self, Error> {
        Ok(Self {
            phase: answer.phase,
            status: answer.status.as_u16(),
            id: envelope.error.id,
            reason: envelope.error.reason.or(envelope.error.message),
            body: answer.read::<&RawValue>("")?.to_owned(),
        })
    }

    /// Whether the traits may be changed all the same: Kratos runs web hooks and writes its flow behind the
    /// save, and what fails there is answered with a server error, or with an error of status 400
    /// (`selfservice/flow/settings/{hook,error}.go`; seen on v1.3.1).
    ///
    /// `true`: read the traits again before trying once more. An update that is
    /// [based on](crate::flow::Update::based_on) the traits that it was made on can be tried again as it is.
    pub fn may_have_been_saved(&self) -> bool {
        let behind_the_save = self.phase == Phase::Submit && self.status == 400;
        self.phase.saves() && (behind_the_save || self.status >= 500)
    }

    /// Whether Kratos's database gave up because of another request at the same time: status 400 without
    /// an id (`ErrConcurrentUpdate` in `sqlcon` of `ory/x`). It goes better the next time.
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
