//! Reads an answer of Kratos. The HTTP status decides first; the body only says more.
//!
//! `error.code`, `state` and message 1050001 are seen to say other things than the status: a 400
//! may hold `code: 500`, and a flow that once succeeded keeps `state: success` when it is refused.

use http::{Response, StatusCode};

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
