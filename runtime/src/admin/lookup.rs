//! The result of a search for an identity.

use http::StatusCode;

use super::answer::{Declined, declined};
use super::outcome::AccessDenied;
use crate::exchange::answer::Answer;
use crate::exchange::{Error, watch};
use crate::flow::Refusal;
use crate::identity::Identity;

/// The result of a search for an identity.
///
/// The enum is exhaustive on purpose, like [`AdminOutcome`](super::AdminOutcome).
#[derive(Clone, Debug)]
#[must_use = "match on what was found"]
pub enum Lookup<T> {
    /// The identity.
    Found(Box<Identity<T>>),
    /// No identity has this id or identifier.
    Nobody,
    /// Several identities have the identifier, for credentials of different types.
    Several(Vec<Identity<T>>),
    /// The admin API, or a gateway in front of it, denies access.
    AccessDenied(AccessDenied),
    /// Kratos refused for another reason; its whole answer is kept.
    Refused(Refusal),
}

impl<T> Lookup<T> {
    /// The name of the result, for logs and counters: `found`, `nobody`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Nobody => "nobody",
            Self::Several(_) => "several",
            Self::AccessDenied(_) => "access_denied",
            Self::Refused(_) => "refused",
        }
    }

    /// Reads an answer; `found` reads one that is a success.
    pub(super) fn of(
        answer: &Answer<'_>,
        found: impl FnOnce(&Answer<'_>) -> Result<Self, Error>,
    ) -> Result<Self, Error> {
        let lookup = if answer.status == StatusCode::OK {
            found(answer)?
        } else {
            declined(answer)?.into()
        };
        watch::outcome(lookup.name());
        Ok(lookup)
    }
}

impl<T> From<Declined> for Lookup<T> {
    fn from(declined: Declined) -> Self {
        match declined {
            Declined::NotFound => Self::Nobody,
            Declined::AccessDenied(denied) => Self::AccessDenied(denied),
            Declined::Refused(refusal) => Self::Refused(refusal),
        }
    }
}
