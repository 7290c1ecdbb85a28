//! The outcomes of an update through the admin API.

use std::fmt;

use crate::http::Phase;
use crate::http::answer::Refusal;
use crate::http::messages::Invalid;
use crate::identity::Identity;
use crate::update::difference::{Difference, Differing};
use crate::update::merge::Conflicted;

/// Every outcome of an update through the admin API.
///
/// Only [`Saved`](Self::Saved) means that the change is known to be saved. Of the other outcomes only
/// [`Refused`](Self::Refused) may have changed the traits nevertheless:
/// [`Refusal::may_have_been_saved`] tells.
///
/// The enum is exhaustive on purpose, so that a `match` without `_` handles every answer of Kratos; a
/// new variant is a breaking change of this crate.
#[derive(Clone, Debug)]
#[must_use = "only `AdminOutcome::Saved` is a saved change: match on the outcome"]
pub enum AdminOutcome<T> {
    /// The traits have the values that the update asks for: they were saved, or they had these values
    /// already and nothing was sent.
    Saved(Box<AdminSaved<T>>),
    /// The traits break the schema, according to our own check or to Kratos, whose whole text is in
    /// [`Invalid::general`]. Nothing was changed.
    Invalid(Invalid),
    /// Another identity has the identifier or address already. Kratos does not say which trait it is.
    /// Nothing was changed.
    IdentifierTaken(Refusal),
    /// Another client has changed one of the same traits meanwhile, to another value. Nothing was
    /// changed. To overwrite that value, send the same update again without a base.
    Conflict(Vec<Conflicted>),
    /// Kratos's database was busy with other changes, also when the request was repeated: try again
    /// later. Nothing was changed.
    Busy(Refusal),
    /// No identity has this id. Nothing was changed.
    NotFound,
    /// The admin API, or a gateway in front of it, denies access. Nothing was changed.
    AccessDenied(AccessDenied),
    /// Kratos refused for another reason; its whole answer is kept.
    Refused(Refusal),
}

impl<T> AdminOutcome<T> {
    /// The name of the outcome, for logs and counters: `saved`, `invalid`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Saved(_) => "saved",
            Self::Invalid(_) => "invalid",
            Self::IdentifierTaken(_) => "identifier_taken",
            Self::Conflict(_) => "conflict",
            Self::Busy(_) => "busy",
            Self::NotFound => "not_found",
            Self::AccessDenied(_) => "access_denied",
            Self::Refused(_) => "refused",
        }
    }
}

/// The change is saved.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AdminSaved<T> {
    /// The identity as saved. A changed address is not verified, and the admin API starts no
    /// verification: the application does that, with a verification flow
    /// ([`Identity::unverified_addresses`]).
    pub identity: Identity<T>,
    /// The traits of the update for which the stored value differs from the sent one.
    pub differing: Vec<Differing>,
}

impl<T> AdminSaved<T> {
    /// Whether all that was sent is stored, apart from what Kratos itself rewrites.
    ///
    /// `false` if another client saved between our save and the answer to it.
    pub fn is_as_sent(&self) -> bool {
        let mut differences = self.differing.iter().map(|one| one.difference);
        !differences.any(|difference| difference == Difference::Replaced)
    }
}

/// The admin API, or a gateway in front of it, denies access: HTTP 401 or 403.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessDenied {
    /// Which request was refused.
    pub phase: Phase,
    /// The HTTP status.
    pub status: u16,
    /// `error.id`, when the answer has one.
    pub id: Option<String>,
    /// `error.reason`, or else `error.message`, when the answer has one.
    pub reason: Option<String>,
}

impl fmt::Debug for AccessDenied {
    /// Without the reason, which may quote the request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessDenied")
            .field("phase", &self.phase)
            .field("status", &self.status)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
