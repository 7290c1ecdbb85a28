//! Reads the answers of the admin API: the HTTP status decides first.

use http::StatusCode;

use super::outcome::{AccessDenied, AdminOutcome};
use crate::exchange::Error;
use crate::exchange::answer::Answer;
use crate::exchange::envelope::Envelope;
use crate::flow::Refusal;

/// An answer without what was asked for.
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

/// Reads an answer that is no success.
pub(super) fn declined(answer: &Answer<'_>) -> Result<Declined, Error> {
    let status = answer.status.as_u16();
    match answer.status {
        // A gateway answers in its own words.
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
            answer
                .read::<Envelope>("it is no error of Kratos: is the URL that of the admin API?")?;
            Ok(Declined::NotFound)
        }
        // The public API redirects there what is meant for the admin API.
        _ if answer.status.is_redirection() => Err(answer
            .error("it redirects, as the public API does: the URL is not that of the admin API")),
        _ if status >= 400 => {
            let envelope: Envelope = answer.read("it is no error of Kratos")?;
            Ok(Declined::Refused(Refusal::read(answer, envelope)?))
        }
        _ => Err(answer.error("the admin API does not answer with this status")),
    }
}
