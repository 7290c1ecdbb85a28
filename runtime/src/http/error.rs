//! What goes wrong below Kratos's own answers: none came, or none that can be read.

use std::time::Duration;

use super::phase::Phase;
use crate::traits::document::is_of_another_schema;
use crate::traits::facts::IdentityTraits;

/// The exchange has no end: the server did not answer, or not in words of Kratos.
///
/// See [`may_have_been_saved`](Self::may_have_been_saved) for what that means for the update.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be sent, or its answer did not arrive.
    #[error("{phase}: no answer")]
    #[non_exhaustive]
    Transport {
        /// Which request.
        phase: Phase,
        /// What the HTTP client says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There was no whole answer in time.
    #[error("{phase}: no whole answer within {limit:?}")]
    #[non_exhaustive]
    TimedOut {
        /// Which request.
        phase: Phase,
        /// How long it was given.
        limit: Duration,
    },
    /// The answer broke off after its head.
    #[error(
        "{phase}: the answer with status {status} and content type {} broke off",
        shown(content_type)
    )]
    #[non_exhaustive]
    CutOff {
        /// Which request.
        phase: Phase,
        /// The HTTP status.
        status: u16,
        /// The header `Content-Type`, when there is one.
        content_type: Option<String>,
        /// What the HTTP client says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The answer is larger than any answer of Kratos.
    #[error("{phase}: the answer with status {status} is larger than {limit} bytes")]
    #[non_exhaustive]
    TooLarge {
        /// Which request.
        phase: Phase,
        /// The HTTP status.
        status: u16,
        /// How many bytes were read at most.
        limit: usize,
    },
    /// The answer is none of Kratos: no JSON, cut off, or of another shape.
    #[error(
        "{phase}: the answer with status {status} and content type {} is none of Kratos: {what}",
        shown(content_type)
    )]
    #[non_exhaustive]
    Answer {
        /// Which request.
        phase: Phase,
        /// The HTTP status.
        status: u16,
        /// The header `Content-Type`, when there is one.
        content_type: Option<String>,
        /// What is wrong with the body; never a part of it.
        what: &'static str,
    },
    /// The person has another identity schema than the traits of the update were generated from: an
    /// update of these traits would put them in the place of others. Nothing was sent.
    #[error("{phase}: the identity has the schema {schema_id:?}, and the traits are of {known:?}")]
    #[non_exhaustive]
    OtherSchema {
        /// Which request showed it.
        phase: Phase,
        /// The id of the identity's schema.
        schema_id: String,
        /// The ids of the schemas that the type was generated from.
        known: &'static [&'static str],
    },
    /// The request could not be built.
    #[error("{phase}: the request cannot be built")]
    #[non_exhaustive]
    Request {
        /// Which request.
        phase: Phase,
        /// Why.
        source: http::Error,
    },
}

/// The header `Content-Type` of an answer, as text.
pub(crate) fn content_type<B>(answer: &http::Response<B>) -> Option<String> {
    let value = answer.headers().get(http::header::CONTENT_TYPE)?;
    value.to_str().ok().map(str::to_owned)
}

fn shown(content_type: &Option<String>) -> &str {
    content_type.as_deref().unwrap_or("(none)")
}

impl Error {
    /// The request could not be built.
    pub(crate) fn unbuilt(phase: Phase) -> impl FnOnce(http::Error) -> Self {
        move |source| Self::Request { phase, source }
    }

    /// An error where the identity is known to have another schema than the traits of an update.
    pub(crate) fn of_other_schema<T: IdentityTraits>(
        phase: Phase,
        schema_id: &str,
    ) -> Result<(), Self> {
        if is_of_another_schema::<T>(schema_id) {
            return Err(Self::OtherSchema {
                phase,
                schema_id: schema_id.to_owned(),
                known: T::SCHEMA_IDS,
            });
        }
        Ok(())
    }

    /// Whether the update may have happened although no outcome is known.
    ///
    /// `false`: it did not happen. `true`: read the traits again before trying once more.
    pub fn may_have_been_saved(&self) -> bool {
        match self {
            Self::Transport { phase, .. } | Self::TimedOut { phase, .. } => phase.saves(),
            Self::TooLarge { phase, status, .. }
            | Self::CutOff { phase, status, .. }
            | Self::Answer { phase, status, .. } => {
                // Kratos answers 4xx when it changed nothing, but for 400, which may come from behind
                // the save.
                phase.saves() && !(401..500).contains(status)
            }
            Self::OtherSchema { .. } | Self::Request { .. } => false,
        }
    }
}
