//! Reads the answers of the admin API: the HTTP status decides first.

use http::StatusCode;

use super::outcome::{AccessDenied, AdminOutcome};
use crate::exchange::Error;
use crate::exchange::answer::Answer;
use crate::exchange::envelope::Envelope;
use crate::flow::Refusal;

/// An answer that is not a success.
pub(super) enum Declined {
    NotFound,
    AccessDenied(AccessDenied),
    Refused(Refusal),
}

impl<T> From<Declined> for AdminOutcome<T> {
    fn from(declined: Declined) -> Self {
        match declined {
            Declined::NotFound => Self::NotFound,
            Declined::AccessDenied(denied) => Self::AccessDenied(denied),
            Declined::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

/// Reads an answer that is not a success.
pub(super) fn declined(answer: &Answer<'_>) -> Result<Declined, Error> {
    let status = answer.status.as_u16();
    match answer.status {
        // A gateway need not answer with an error body of Kratos.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            let error = answer.read::<Envelope>("").map(|envelope| envelope.error);
            let error = error.unwrap_or_default();
            Ok(Declined::AccessDenied(AccessDenied {
                phase: answer.phase,
                status,
                id: error.id,
                reason: error.reason.or(error.message),
            }))
        }
        StatusCode::NOT_FOUND => {
            answer.read::<Envelope>(
                "expected an error of Kratos: is this the URL of the admin API?",
            )?;
            Ok(Declined::NotFound)
        }
        // The public API redirects requests for the admin API.
        _ if answer.status.is_redirection() => {
            Err(answer
                .error("redirected, as by the public API: the URL is not that of the admin API"))
        }
        _ if status >= 400 => {
            let envelope: Envelope = answer.read("expected an error of Kratos")?;
            Ok(Declined::Refused(Refusal::read(answer, envelope)?))
        }
        _ => Err(answer.error("unexpected status for an answer of the admin API")),
    }
}
