//! The outcomes of an update through the admin API.

use crate::http::{Invalid, Refusal};
use crate::settings::Saved;
use crate::update::merge::TraitConflict;

/// Every outcome of an update through the admin API.
///
/// Only [`Saved`](Self::Saved) means that the change is known to be saved. Of the other outcomes only
/// [`Busy`](Self::Busy) and [`Refused`](Self::Refused) may have changed the traits nevertheless:
/// [`Refusal::may_have_been_saved`] tells.
///
/// The enum is exhaustive on purpose, so that a `match` without `_` handles every response of Kratos; a
/// new variant is a breaking change of this crate.
#[derive(Clone, Debug)]
#[must_use = "only `AdminOutcome::Saved` is a saved change: match on the outcome"]
pub enum AdminOutcome<T> {
    /// The traits have the values that the update asks for: they were saved, or they had these values
    /// already and nothing was sent.
    Saved(Box<Saved<T>>),
    /// The traits break the schema, according to our own check or to Kratos, whose whole text is in
    /// [`Invalid::general`]. Nothing was changed.
    Invalid(Invalid),
    /// Another identity has the identifier or address already. Kratos does not say which trait it is.
    /// Nothing was changed.
    IdentifierTaken(Refusal),
    /// Another client has changed one of the same traits meanwhile, to another value. Nothing was
    /// changed. To overwrite that value, send the same update again without a base.
    Conflict(Vec<TraitConflict>),
    /// Try again later, after [`Refusal::retry_after`]: Kratos's database was busy with other changes, also when the request was
    /// repeated, there were too many requests (HTTP 429), or the server is not available (503).
    Busy(Refusal),
    /// No identity has this id. Nothing was changed.
    NotFound,
    /// The admin API, or a gateway in front of it, denies access (HTTP 401 or 403). Nothing was changed.
    AccessDenied(Refusal),
    /// Kratos refused for another reason.
    Refused(Refusal),
}

impl<T> AdminOutcome<T> {
    /// The name of the outcome, for logs and counters: `saved`, `invalid`, …
    ///
    /// ```
    /// use kratos_traits::AdminOutcome;
    ///
    /// assert_eq!(AdminOutcome::<()>::NotFound.name(), "not_found");
    /// ```
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
