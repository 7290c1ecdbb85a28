//! The requests of an update through the admin API.

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{Method, Request, Response, StatusCode};

use super::edits::{Edit, body, differing_in, edits, member_by_member};
use super::lookup::{AdminCaller, Declined, declined, identity};
use super::outcome::{AdminOutcome, AdminSaved};
use super::reason;
use crate::http::answer::{Answer, Refusal};
use crate::http::messages::Invalid;
use crate::http::{AdminToken, AdminUrl, Error, Exchange, Phase, Step, trace};
use crate::identity::Identity;
use crate::problem::{Message, Problem};
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::{Access, Privileged};
use crate::traits::raw::RawTraits;
use crate::update::difference::Differing;
use crate::update::patch::Patch;
use crate::update::problems;
use crate::update::updater::{SettingsUpdate, Unprivileged};

/// An update of a person's traits through the admin API.
///
/// It takes two requests: one reads the identity, one patches the members that change. If nothing
/// changes, the second is not sent.
///
/// # Concurrent changes
///
/// Changes that other clients make to other traits are kept, because they are not part of the patch. (An
/// absent object counts as one trait if one of its new members has a name that begins with a digit or a
/// sign.)
///
/// Changes to the same trait are found by comparing. With [`based_on`](Self::based_on), the traits that
/// were just read are compared with those that the application has seen, and the outcome is a
/// [`Conflict`](AdminOutcome::Conflict) where both sides changed one trait. This covers the time in which
/// a person looks at a form.
///
/// A change between our two requests cannot be excluded: Kratos has no conditional write (it refuses the
/// JSON Patch operation `test`, ory/kratos#4032), so another value of the same trait that is saved in
/// this moment is overwritten. There is one exception: a trait that is removed in this moment, by itself
/// or with its object, is not restored. The server refuses to patch what does not exist, the traits are
/// read again, and the outcome is a conflict.
///
/// Kratos itself reads, patches and writes the whole identity without a transaction
/// (`identity/handler.go`). Of two patches within the same milliseconds the later one can undo the other,
/// even if they change different traits, and Kratos answers both with success. (Two clients without a
/// pause undid a quarter and more of each other's saves on v1.3.1.) No request can prevent this. An
/// application that bases its next update on [`AdminSaved::identity`](crate::admin::AdminSaved::identity) gets a
/// [`Conflict`](AdminOutcome::Conflict) for the trait that was lost.
#[must_use = "nothing is sent before a driver sends it"]
pub struct AdminUpdate<T> {
    pub(crate) caller: AdminCaller,
    pub(crate) id: String,
    pub(crate) patch: Patch<T, Privileged>,
    pub(crate) base: Option<RawTraits>,
    pub(crate) state: State,
}

pub(crate) enum State {
    Read { tries: u8 },
    Patch(Attempt),
}

/// A patch that is ready to be sent.
pub(crate) struct Attempt {
    pub(crate) edits: Vec<Edit>,
    /// The traits after the patch, if nobody else changes them.
    pub(crate) sent: RawTraits,
    pub(crate) tries: u8,
}

/// How often the traits are read again after a request that was refused and changed nothing: because
/// a member to be removed no longer exists, or because the database was busy with another change.
const TRIES: u8 = 2;

impl<T> fmt::Debug for AdminUpdate<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdminUpdate")
            .field("server", &self.caller.server)
            .field("id", &self.id)
            .field("patch", &self.patch)
            .finish_non_exhaustive()
    }
}

impl<T: IdentityTraits> AdminUpdate<T> {
    /// Changes ordinary traits of the identity with this id.
    pub fn new<U>(server: AdminUrl, id: impl Into<String>, update: &U) -> Self
    where
        U: Unprivileged + SettingsUpdate<Traits = T>,
    {
        Self::start(AdminCaller::new(server), id.into(), update.patch())
    }

    /// Changes identifiers and addresses too, for the tools of a support team. Kratos asks for no
    /// login, so the application must authorize the caller.
    pub fn privileged<U>(server: AdminUrl, id: impl Into<String>, update: &U) -> Self
    where
        U: SettingsUpdate<Traits = T>,
    {
        Self::start(AdminCaller::new(server), id.into(), update.patch())
    }

    /// Sets the token for an admin API that requires one.
    pub fn token(mut self, token: AdminToken) -> Self {
        self.caller.token = Some(token);
        self
    }

    /// Sets the traits that the update was made on, as the application has read them before. If one of
    /// the traits that the update changes has changed since then, the outcome is a
    /// [`Conflict`](AdminOutcome::Conflict).
    pub fn based_on(mut self, base: &RawTraits) -> Self {
        self.base = Some(base.clone());
        self
    }

    pub(crate) fn start(caller: AdminCaller, id: String, patch: Patch<T, impl Access>) -> Self {
        Self {
            caller,
            id,
            patch: patch.into_privileged(),
            base: None,
            state: State::Read { tries: TRIES },
        }
    }

    pub(crate) fn on(mut self, base: Option<RawTraits>) -> Self {
        self.base = base;
        self
    }

    fn build(&self) -> Result<Request<Vec<u8>>, http::Error> {
        match &self.state {
            State::Read { .. } => self.caller.about(Method::GET, &self.id)?.body(Vec::new()),
            State::Patch(Attempt { edits, .. }) => self
                .caller
                .about(Method::PATCH, &self.id)?
                .header(CONTENT_TYPE, "application/json")
                .body(body(edits)),
        }
    }
}

impl<T: IdentityTraits> Exchange for AdminUpdate<T> {
    type Output = AdminOutcome<T>;

    fn phase(&self) -> Phase {
        match self.state {
            State::Read { .. } => Phase::ReadIdentity,
            State::Patch(_) => Phase::PatchIdentity,
        }
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        self.build().map_err(Error::unbuilt(self.phase()))
    }

    fn receive(mut self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let answer = Answer::new(self.phase(), response);
        let reading = State::Read { tries: TRIES };
        let step = match std::mem::replace(&mut self.state, reading) {
            State::Read { tries } if answer.status == StatusCode::OK => {
                let found: Identity<T> = identity(&answer)?;
                Error::of_other_schema::<T>(answer.phase, &found.schema_id)?;
                self.prepare(found, tries)
            }
            State::Read { tries } => match declined(&answer)? {
                Declined::Refused(refusal) if refusal.is_concurrent_update() => {
                    self.once_more(refusal, tries)
                }
                declined => Step::Done(declined.into()),
            },
            State::Patch(attempt) => self.patched(&answer, &attempt)?,
        };
        trace::ended(&step, AdminOutcome::name);
        Ok(step)
    }
}

impl<T: IdentityTraits> AdminUpdate<T> {
    /// Makes the patch for the traits that were just read.
    pub(crate) fn prepare(mut self, found: Identity<T>, tries: u8) -> Step<Self> {
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
        trace::traits(edits.iter().map(|edit| &edit.path));
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

pub(crate) fn saved<T: IdentityTraits>(
    found: Identity<T>,
    differing: Vec<Differing>,
) -> AdminOutcome<T> {
    AdminOutcome::Saved(Box::new(AdminSaved {
        identity: found,
        differing,
    }))
}

impl<T: IdentityTraits> AdminUpdate<T> {
    /// Reads the answer to the patch.
    pub(crate) fn patched(
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
    pub(crate) fn once_more(mut self, refusal: Refusal, tries: u8) -> Step<Self> {
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
