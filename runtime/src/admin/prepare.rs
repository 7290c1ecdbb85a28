//! Applies an update to the traits that were read: a patch to send, or an outcome without one.

use super::edits::{edits, member_by_member};
use super::outcome::{AdminOutcome, AdminSaved};
use super::update::{AdminUpdate, Attempt, State};
use crate::exchange::{Step, watch};
use crate::flow::Invalid;
use crate::identity::Identity;
use crate::problem::Problem;
use crate::traits::facts::IdentityTraits;
use crate::update::difference::Differing;
use crate::update::problems;

impl<T: IdentityTraits> AdminUpdate<T> {
    /// Makes the patch for the traits that were just read.
    pub(super) fn prepare(mut self, found: Identity<T>, tries: u8) -> Step<Self> {
        let current = found.traits.raw();
        let patch = match &self.base {
            None => self.patch.clone(),
            Some(base) => match self.patch.merge(base, current) {
                Ok(merged) if merged.conflicts.is_empty() => merged.patch,
                Ok(merged) => return Step::Done(AdminOutcome::Conflict(merged.conflicts)),
                Err(problems) => return self.invalid(problems, &found),
            },
        };
        let sent = match patch.apply(current) {
            Ok(sent) => sent,
            Err(problems) => return self.invalid(problems, &found),
        };
        let edits = edits(current, &sent);
        watch::traits(edits.iter().map(|edit| &edit.path));
        // An update that changes nothing succeeds even if the stored traits break the schema.
        if edits.is_empty() {
            return Step::Done(saved(found, Vec::new()));
        }
        let problems = problems::as_sent(&patch, current, &sent);
        if !problems.is_empty() {
            return self.invalid(problems, &found);
        }
        // Another attempt must not overwrite what was changed since this one.
        self.base.get_or_insert_with(|| current.clone());
        self.state = State::Patch(Attempt {
            edits: member_by_member(edits),
            sent,
            tries,
        });
        Step::Next(self)
    }

    fn invalid(&self, problems: Vec<Problem>, found: &Identity<T>) -> Step<Self> {
        let current = found.traits.raw();
        let invalid = Invalid::of_update(problems, &self.patch, current);
        Step::Done(AdminOutcome::Invalid(invalid))
    }
}

pub(super) fn saved<T: IdentityTraits>(
    found: Identity<T>,
    differing: Vec<Differing>,
) -> AdminOutcome<T> {
    AdminOutcome::Saved(Box::new(AdminSaved {
        identity: found,
        differing,
    }))
}
