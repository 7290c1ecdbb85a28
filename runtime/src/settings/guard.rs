//! What stands between an update and the traits that a flow shows.

use super::outcome::{Conflict, Outcome};
use super::pending::Pending;
use crate::http::messages::Invalid;
use crate::identity::Identity;
use crate::problem::Problem;
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Privileged;
use crate::traits::raw::RawTraits;
use crate::update::change::Change;
use crate::update::patch::Patch;

/// What comes of an update when the person is known.
#[allow(
    clippy::large_enum_variant,
    reason = "there is one at a time, and it is taken apart at once"
)]
pub(crate) enum Guarded<T> {
    /// A change to send, and what waits when it is refused.
    Change {
        change: Change<T>,
        pending: Pending<T>,
    },
    /// Nothing is sent.
    End(Outcome<T>),
}

impl<T: IdentityTraits> Pending<T> {
    /// Applies the change to the traits that a flow shows: of the right person, and merged with what
    /// somebody else changed since.
    pub(crate) fn guarded(self, identity: &Identity<T>) -> Guarded<T> {
        if self.person.as_ref().is_some_and(|id| *id != identity.id) {
            return Guarded::End(Outcome::AnotherPerson(self));
        }
        let current = identity.traits.raw();
        let patch = match &self.base {
            None => self.patch,
            Some(base) => match self.patch.merge(base, current) {
                Err(problems) => return invalid(problems, &self.patch, current),
                Ok(merged) if merged.conflicts.is_empty() => merged.patch,
                Ok(merged) => {
                    let overwriting = Self::of(merged.overwriting()).of_person(&identity.id);
                    let keeping = Self::of(merged.patch).of_person(&identity.id);
                    return Guarded::End(Outcome::Conflict(Conflict {
                        traits: merged.conflicts,
                        overwriting: overwriting.based_on(current),
                        keeping: keeping.based_on(current),
                    }));
                }
            },
        };
        match Change::new(&patch, current) {
            Ok(change) => Guarded::Change {
                change,
                pending: Self::of(patch).of_person(&identity.id).based_on(current),
            },
            Err(problems) => invalid(problems, &patch, current),
        }
    }
}

fn invalid<T: IdentityTraits>(
    problems: Vec<Problem>,
    patch: &Patch<T, Privileged>,
    current: &RawTraits,
) -> Guarded<T> {
    let invalid = Invalid::of_update(problems, patch, current);
    Guarded::End(Outcome::Invalid(invalid))
}
