//! Reads the answer to the patch: an outcome, or another attempt.

use http::StatusCode;

use super::answer::{Declined, declined};
use super::edits::differing_in;
use super::outcome::AdminOutcome;
use super::prepare::saved;
use super::read_identity::identity;
use super::reason;
use super::update::{AdminUpdate, Attempt, State};
use crate::exchange::answer::Answer;
use crate::exchange::{Error, Step};
use crate::flow::{Invalid, Refusal};
use crate::identity::Identity;
use crate::problem::Message;
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Privileged;
use crate::update::patch::Patch;

impl<T: IdentityTraits> AdminUpdate<T> {
    /// Reads the answer to the patch.
    pub(super) fn patched(
        self,
        answer: &Answer<'_>,
        attempt: &Attempt,
    ) -> Result<Step<Self>, Error> {
        if answer.status == StatusCode::OK {
            let found: Identity<T> = identity(answer)?;
            let stored = found.traits.raw();
            let differing = differing_in::<T>(&attempt.edits, &attempt.sent, stored);
            return Ok(Step::Done(saved(found, differing)));
        }
        let refusal = match declined(answer)? {
            Declined::Refused(refusal) => refusal,
            other => return Ok(Step::Done(other.into())),
        };
        if answer.status == StatusCode::CONFLICT {
            return Ok(Step::Done(AdminOutcome::IdentifierTaken(refusal)));
        }
        if answer.status != StatusCode::BAD_REQUEST {
            return Ok(Step::Done(AdminOutcome::Refused(refusal)));
        }
        if let Some(invalid) = broken_rules(&refusal, &self.patch) {
            return Ok(Step::Done(AdminOutcome::Invalid(invalid)));
        }
        // The patch may remove a member that no longer exists, or the database was busy.
        Ok(self.once_more(refusal, attempt.tries))
    }

    /// Reads the traits again after a request that was refused and changed nothing.
    pub(super) fn once_more(mut self, refusal: Refusal, tries: u8) -> Step<Self> {
        let Some(tries) = tries.checked_sub(1) else {
            return Step::Done(if refusal.is_concurrent_update() {
                AdminOutcome::Busy(refusal)
            } else {
                AdminOutcome::Refused(refusal)
            });
        };
        self.state = State::Read { tries };
        Step::Next(self)
    }
}

/// The problems that Kratos reports when the traits break the schema; `None` for any other refusal.
fn broken_rules<T: IdentityTraits>(
    refusal: &Refusal,
    patch: &Patch<T, Privileged>,
) -> Option<Invalid> {
    let text = refusal.reason.as_deref()?;
    let general = || vec![Message::invalid(text)];
    text.trim_start()
        .starts_with("I[#")
        .then(|| Invalid::of_answer(reason::problems(text), general(), patch))
}
