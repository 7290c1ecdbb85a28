//! An update that meets somebody else's.

use std::fmt;

use super::pending::Pending;
use crate::update::merge::Conflicted;

/// Somebody else changed the same traits, since the traits that the update was made on. Nothing was sent.
///
/// The application shows [`traits`](Self::traits) to the person, who goes on with
/// [`overwrite`](Self::overwrite) or [`keep_theirs`](Self::keep_theirs) and
/// [`Settings::resume`](crate::client::Settings::resume), or gives up.
#[derive(Clone)]
#[non_exhaustive]
#[must_use = "an update in conflict is not saved"]
pub struct Conflict<T> {
    /// What both changed, each to another value.
    pub traits: Vec<Conflicted>,
    pub(super) overwriting: Pending<T>,
    pub(super) keeping: Pending<T>,
}

impl<T> Conflict<T> {
    /// The update with our values where both changed something. What was found now is its new base, so
    /// yet another change is a conflict again.
    pub fn overwrite(self) -> Pending<T> {
        self.overwriting
    }

    /// The rest of the update, with their values where both changed something.
    pub fn keep_theirs(self) -> Pending<T> {
        self.keeping
    }
}

impl<T> fmt::Debug for Conflict<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conflict")
            .field("traits", &self.traits)
            .finish_non_exhaustive()
    }
}
