//! The requests of an update through the admin API.

use http::header::CONTENT_TYPE;
use http::{Method, Request, Response, StatusCode};
use serde_json::value::RawValue;

use super::edits::{Edit, body, differing_in, edits, member_by_member};
use super::lookup::{AdminContext, Declined, declined, identity};
use super::outcome::AdminOutcome;
use super::reason::reported_problems;
use super::schema;
use crate::http::answer::Answer;
use crate::http::{Error, Exchange, Invalid, Phase, Refusal, Step, trace};
use crate::identity::{Derived, Identity};
use crate::json::Json;
use crate::problem::{Message, Problem};
use crate::settings::Saved;
use crate::traits::facts::{IdentityTraits, Schema};
use crate::traits::marker::{self, Privileged};
use crate::traits::raw::RawTraits;
use crate::update::access::Access;
use crate::update::blame::Api;
use crate::update::patch::Patch;
use crate::update::problems::stopping_on_admin;

/// An update through the admin API: one request reads the identity, another patches the members that
/// change, if any.
pub(crate) struct AdminUpdate<T> {
    context: AdminContext,
    id: String,
    patch: Patch<T, Privileged>,
    access: Access,
    base: Option<RawTraits>,
    state: State<T>,
}

enum State<T> {
    Read {
        tries: u8,
    },
    /// Reads the schema of the identity that was just read.
    Schema {
        url: String,
        found: Box<Identity<T>>,
        tries: u8,
    },
    Patch(Attempt),
}

/// A patch that is ready to be sent.
struct Attempt {
    edits: Vec<Edit>,
    /// The traits before the patch.
    before: RawTraits,
    /// The identifiers and addresses before the patch.
    derived: Derived,
    /// The traits after the patch, if no other client changes them.
    sent: RawTraits,
    tries: u8,
}

/// How often the traits are read again after a request that was refused and changed nothing: because
/// a member to be removed no longer exists, or because the database was busy with another change.
const TRIES: u8 = 2;

impl<T: IdentityTraits> AdminUpdate<T> {
    pub(crate) fn new(
        context: AdminContext,
        id: String,
        patch: Patch<T, impl marker::Access>,
        access: Access,
        base: Option<RawTraits>,
    ) -> Self {
        Self {
            context,
            id,
            patch: patch.into_privileged(),
            access,
            base,
            state: State::Read { tries: TRIES },
        }
    }
}

impl<T: IdentityTraits> Exchange for AdminUpdate<T> {
    type Output = AdminOutcome<T>;

    fn phase(&self) -> Phase {
        match self.state {
            State::Read { .. } => Phase::ReadIdentity,
            State::Schema { .. } => Phase::ReadSchema,
            State::Patch(_) => Phase::PatchIdentity,
        }
    }

    fn ready(&self) -> Result<(), Error> {
        let is_known = !T::SCHEMA_IDS.is_empty()
            || self.context.schema_id.is_some()
            || self.context.public.is_some();
        is_known.then_some(()).ok_or(Error::SchemaUnknown)
    }

    fn request(&self) -> Result<Request<Vec<u8>>, http::Error> {
        match &self.state {
            State::Schema { url, .. } => {
                let public = self.context.public.as_ref();
                schema::request(public.unwrap_or(&self.context.server), url)
            }
            State::Read { .. } => self
                .context
                .identity(Method::GET, &self.id)?
                .body(Vec::new()),
            State::Patch(Attempt { edits, .. }) => self
                .context
                .identity(Method::PATCH, &self.id)?
                .header(CONTENT_TYPE, "application/json")
                .body(body(edits)),
        }
    }

    fn receive(mut self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let answer = Answer::new(self.phase(), response);
        let reading = State::Read { tries: TRIES };
        Ok(match std::mem::replace(&mut self.state, reading) {
            State::Read { tries } if answer.status == StatusCode::OK => {
                let found: Identity<T> = identity(&answer)?;
                Error::of_other_schema::<T>(&answer, &found.schema_id)?;
                self.found(&answer, found, tries)?
            }
            State::Schema { url, found, tries } => {
                if let Some(refusal) = answer.busy() {
                    return Ok(Step::Done(AdminOutcome::Busy(refusal)));
                }
                let text: &RawValue = answer.read("expected an identity schema")?;
                if answer.status != StatusCode::OK {
                    return Err(answer.error("expected the identity schema"));
                }
                let schema = schema::keep(&url, text.get());
                self.prepare(&answer, *found, tries, Some(schema))?
            }
            State::Read { tries } => match declined(&answer)? {
                Declined::Refused(refusal) if refusal.is_concurrent_update() => {
                    self.once_more(refusal, tries)
                }
                declined => Step::Done(declined.into()),
            },
            State::Patch(attempt) => self.patched(&answer, &attempt)?,
        })
    }

    fn outcome(output: &AdminOutcome<T>) -> &'static str {
        output.name()
    }
}

impl<T: IdentityTraits> AdminUpdate<T> {
    /// Compares the schema of the identity with that of the types.
    fn found(
        mut self,
        answer: &Answer<'_>,
        found: Identity<T>,
        tries: u8,
    ) -> Result<Step<Self>, Error> {
        if T::SCHEMA_IDS.is_empty()
            && let Some(expected) = &self.context.schema_id
            && *expected != found.schema_id
        {
            return Err(Error::schema_mismatch(answer, &found.schema_id, Vec::new()));
        }
        let Some(public) = &self.context.public else {
            return self.prepare(answer, found, tries, None);
        };
        let url = schema::url(public, &found);
        match schema::fetched(&url) {
            Some(schema) => self.prepare(answer, found, tries, Some(schema)),
            None => {
                let found = Box::new(found);
                self.state = State::Schema { url, found, tries };
                Ok(Step::Next(self))
            }
        }
    }

    /// Makes the patch for the traits that were just read. `server` is the schema of the identity, if it was fetched.
    fn prepare(
        mut self,
        answer: &Answer<'_>,
        found: Identity<T>,
        tries: u8,
        server: Option<&'static Schema>,
    ) -> Result<Step<Self>, Error> {
        let current = &found.traits.raw().json();
        let patch = match &self.base {
            None => self.patch.clone(),
            Some(base) => match self.patch.merge(&base.json(), current) {
                Ok(merged) if merged.conflicts.is_empty() => merged.patch,
                Ok(merged) => return Ok(Step::Done(AdminOutcome::Conflict(merged.conflicts))),
                Err(problems) => return Ok(self.invalid(problems, current)),
            },
        };
        let sent = match patch.apply(current) {
            Ok(sent) => sent,
            Err(problems) => return Ok(self.invalid(problems, current)),
        };
        let edits = edits(current, &sent);
        let shown = edits
            .iter()
            .map(|edit| T::schema().hiding(&edit.path, Some(&sent)));
        trace::traits(shown.collect::<Vec<_>>().iter());
        // An update that changes nothing succeeds even if the stored traits break the schema.
        if edits.is_empty() {
            return Ok(Step::Done(AdminOutcome::Saved(Box::new(Saved::unchanged(
                found,
            )))));
        }
        if let Some(server) = server.filter(|_| T::SCHEMA_IDS.is_empty()) {
            let places = edits.iter().map(|edit| &edit.path);
            let differing = schema::differing(T::schema(), server, places);
            if !differing.is_empty() {
                return Err(Error::schema_mismatch(answer, &found.schema_id, differing));
            }
        }
        let mut problems = stopping_on_admin(&patch, current, &sent);
        let derived = found.derived();
        let is_derived = |value: &Json<'_>| derived.contains(value);
        let schemas: Vec<&Schema> = std::iter::once(T::schema()).chain(server).collect();
        problems.extend(self.access.problems(&schemas, current, &sent, &is_derived));
        if !problems.is_empty() {
            return Ok(self.invalid(problems, current));
        }
        // Another attempt must not overwrite what was changed since this one.
        self.base.get_or_insert_with(|| found.traits.raw().clone());
        self.state = State::Patch(Attempt {
            edits: member_by_member(edits),
            before: found.traits.raw().clone(),
            derived,
            sent: RawTraits::of(&sent),
            tries,
        });
        Ok(Step::Next(self))
    }

    fn invalid(&self, problems: Vec<Problem>, current: &Json<'_>) -> Step<Self> {
        let invalid = Invalid::of_update(problems, &self.patch, current, Api::Admin);
        Step::Done(AdminOutcome::Invalid(invalid))
    }

    /// Reads the response to the patch.
    fn patched(self, answer: &Answer<'_>, attempt: &Attempt) -> Result<Step<Self>, Error> {
        if answer.status == StatusCode::OK {
            let found: Identity<T> = identity(answer)?;
            let stored = found.traits.raw();
            let differing = differing_in::<T>(&attempt.edits, &attempt.sent, stored);
            return Ok(Step::Done(AdminOutcome::Saved(Box::new(Saved {
                new: found.derived().added_to(&attempt.derived),
                identity: found,
                differences: differing,
                continue_with: Vec::new(),
            }))));
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
        if let Some(invalid) = broken_rules(&refusal, &self.patch, &attempt.before) {
            return Ok(Step::Done(AdminOutcome::Invalid(invalid)));
        }
        // The patch may remove a member that no longer exists, or the database was busy.
        Ok(self.once_more(refusal, attempt.tries))
    }

    /// Reads the traits again after a request that was refused and changed nothing.
    fn once_more(mut self, refusal: Refusal, tries: u8) -> Step<Self> {
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
    before: &RawTraits,
) -> Option<Invalid> {
    let text = refusal.reason.as_deref()?;
    if !text.trim_start().starts_with("I[#") {
        return None;
    }
    let general = vec![Message::invalid(text)];
    let problems = reported_problems(text);
    let before = before.json();
    Some(Invalid::of_answer(
        problems,
        general,
        patch,
        &before,
        Api::Admin,
    ))
}
