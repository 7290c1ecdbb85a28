//! How an update through the admin API ends.

use std::fmt;

use crate::exchange::Phase;
use crate::flow::{Invalid, Refusal};
use crate::identity::Identity;
use crate::update::conflict::Conflicted;
use crate::update::difference::{Difference, Differing};

/// Every way in which the admin API ends an update.
///
/// Only [`Saved`](Self::Saved) is a change that is known to be saved. Of the others only a
/// [`Refused`](Self::Refused) may have changed the traits all the same, and says so:
/// [`Refusal::may_have_been_saved`].
///
/// The list is complete on purpose, so that a `match` without `_` handles whatever Kratos answers; a
/// new way to end is a new version of this crate.
#[derive(Clone, Debug)]
#[must_use = "only `AdminOutcome::Saved` is a saved change: match on the outcome"]
pub enum AdminOutcome<T> {
    /// The traits are as the update asks for: they are saved, or they were so already and nothing
    /// had to be sent.
    Saved(Box<AdminSaved<T>>),
    /// The traits break the schema, by our own check or by that of Kratos; its whole text is in
    /// [`Invalid::general`]. Nothing was changed.
    Invalid(Invalid),
    /// Another account has the identifier or address already; Kratos does not say which trait it
    /// is. Nothing was changed.
    IdentifierTaken(Refusal),
    /// Somebody else has changed one of the same traits meanwhile, to another value. Nothing was
    /// changed. The same update goes over theirs when it is sent again and is based on nothing.
    Conflict(Vec<Conflicted>),
    /// The server compares no old values, and the update insists on it
    /// ([`AdminUpdate::only_if_compared`](super::AdminUpdate::only_if_compared)). Nothing was changed.
    NotCompared,
    /// Kratos's database was busy with other changes, and still was when we asked again: ask later.
    /// Nothing was changed.
    Busy(Refusal),
    /// There is no identity with this id. Nothing was changed.
    NotFound,
    /// The admin API, or a gateway in front of it, does not let us in. Nothing was changed.
    AccessDenied(AccessDenied),
    /// Kratos refused for another reason, kept whole.
    Refused(Refusal),
}

impl<T> AdminOutcome<T> {
    /// A word for the outcome, for logs and counters: `saved`, `invalid`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Saved(_) => "saved",
            Self::Invalid(_) => "invalid",
            Self::IdentifierTaken(_) => "identifier_taken",
            Self::Conflict(_) => "conflict",
            Self::NotCompared => "not_compared",
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
    /// The person, as saved. A changed address is not verified, and the admin API starts no
    /// verification: the application does that, with a verification flow
    /// ([`Identity::unverified_addresses`]).
    pub identity: Identity<T>,
    /// Who saw to it that nobody's change is overwritten.
    pub compared: Compared,
    /// Where something else is stored than was sent, among the traits that were to change.
    pub differing: Vec<Differing>,
}

impl<T> AdminSaved<T> {
    /// Whether all that was sent is stored, but for what Kratos itself writes in another way.
    ///
    /// `false`: somebody else saved between our save and its answer.
    pub fn is_as_sent(&self) -> bool {
        let mut differences = self.differing.iter().map(|one| one.difference);
        !differences.any(|difference| difference == Difference::Replaced)
    }
}

/// Who compared the old values of the changed traits with the stored ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compared {
    /// Nobody had to: the traits were so already and nothing was sent. Perhaps somebody else asked for
    /// the same; whoever counts must count again.
    NothingSent,
    /// The server, with the operations `test` of the very request that saved.
    ByServer,
    /// We, on the traits as they were read just before: the server takes no `test`. Another value that
    /// somebody else saved for the same trait in the moment between the two requests is overwritten.
    JustBefore,
}

/// The admin API, or a gateway in front of it, does not let us in: HTTP 401 or 403.
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
    /// Without the words of whoever refused, which may quote what they were sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessDenied")
            .field("phase", &self.phase)
            .field("status", &self.status)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
