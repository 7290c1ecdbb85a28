//! The requests of an update through the admin API, one after the other.

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{Method, Request, Response, StatusCode};

use super::answer::{Declined, declined};
use super::caller::AdminCaller;
use super::edits::Edit;
use super::json_patch;
use super::knowledge::Knowledge;
use super::outcome::AdminOutcome;
use super::read_identity::identity;
use crate::exchange::answer::Answer;
use crate::exchange::{AdminToken, AdminUrl, Error, Exchange, Phase, Step, watch};
use crate::identity::Identity;
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::{Access, Privileged};
use crate::traits::raw::RawTraits;
use crate::update::patch::Patch;
use crate::update::updater::{SettingsUpdate, Unprivileged};

/// An update of a person's traits through the admin API.
///
/// Two requests: one reads the traits, one patches the members that change and no other. Where nothing
/// changes, the second is not sent.
///
/// # Somebody else's changes
///
/// Changes of other traits are not part of the patch, so those that Kratos has when the patch reaches it
/// are kept. (An object that was not there is one trait, if a name in it begins with a digit or a sign.)
/// For the same trait, each operation of the patch comes behind a `test` of the old value, so that the server
/// refuses the patch when somebody was faster; the traits are then read once more, and the outcome is
/// a [`Conflict`](AdminOutcome::Conflict), or another try where somebody asked for the same value.
///
/// No Kratos that we have seen takes `test` (v1.3.1 answers `unsupported operation: test`;
/// ory/kratos#4032). It is asked once by each client, and once by each update that no client carries,
/// for two more requests. From then on the traits are read, compared and patched at once, and
/// [`AdminSaved::compared`](super::AdminSaved::compared) says so: another value of the same trait, saved in the moment between
/// these two requests, is overwritten. A trait, or the object around it, that somebody removed in this
/// moment does not come back in silence: the server refuses to change what is not there.
///
/// Kratos itself reads the identity, patches it and writes it whole, without a transaction
/// (`identity/handler.go`): of two patches in the same milliseconds, the later takes the other back,
/// whatever the traits, and both are answered as saved. Two clients that did nothing else took back a
/// quarter and more of each other's saves on v1.3.1. No request can prevent it. Whoever bases the next update on
/// [`AdminSaved::identity`](super::AdminSaved::identity) learns of it by a [`Conflict`](AdminOutcome::Conflict) about the same trait.
///
/// With [`based_on`](Self::based_on) the traits are compared with those that the application has seen,
/// which covers the time in which somebody looked at a form.
#[must_use = "nothing is sent before a driver sends it"]
pub struct AdminUpdate<T> {
    pub(super) caller: AdminCaller,
    pub(super) id: String,
    pub(super) patch: Patch<T, Privileged>,
    pub(super) base: Option<RawTraits>,
    pub(super) demand: Demand,
    pub(super) knowledge: Knowledge,
    pub(super) state: State,
}

/// Who must compare the old values.
#[derive(Clone, Copy)]
pub(crate) enum Demand {
    /// The server if it can, or else we.
    Somebody,
    /// The server.
    Server,
}

pub(super) enum State {
    Read { tries: u8 },
    Patch(Attempt),
}

/// A patch on its way.
pub(super) struct Attempt {
    pub(super) edits: Vec<Edit>,
    /// The traits that it makes of those that were read.
    pub(super) sent: RawTraits,
    /// Whether the server is asked to compare the old values.
    pub(super) tested: bool,
    pub(super) tries: u8,
}

/// How often the traits are read once more after a request that changed nothing: because a `test`
/// failed, or the database was busy with another change.
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
    /// Changes ordinary traits of the person whose identity has this id.
    pub fn new<U>(server: AdminUrl, id: impl Into<String>, update: &U) -> Self
    where
        U: Unprivileged + SettingsUpdate<Traits = T>,
    {
        Self::start(AdminCaller::new(server), id.into(), update.patch())
    }

    /// The same for identifiers and addresses too: for the tools of a support team. No login is asked
    /// for, so it is the application that must know who asks.
    pub fn privileged<U>(server: AdminUrl, id: impl Into<String>, update: &U) -> Self
    where
        U: SettingsUpdate<Traits = T>,
    {
        Self::start(AdminCaller::new(server), id.into(), update.patch())
    }

    /// For an admin API that asks for a token.
    pub fn token(mut self, token: AdminToken) -> Self {
        self.caller.token = Some(token);
        self
    }

    /// The traits that the update was made on, as the application has read them before. Whoever has
    /// changed one of the same traits since then is in [conflict](AdminOutcome::Conflict) with it.
    pub fn based_on(mut self, base: &RawTraits) -> Self {
        self.base = Some(base.clone());
        self
    }

    /// Saves only if the server itself compares the old values, in the request that saves; or else the
    /// outcome is [`NotCompared`](AdminOutcome::NotCompared). On every Kratos that we have seen it is,
    /// unless there is nothing to change: this is for a server that takes `test`.
    pub fn only_if_compared(mut self) -> Self {
        self.demand = Demand::Server;
        self
    }

    pub(crate) fn start(caller: AdminCaller, id: String, patch: Patch<T, impl Access>) -> Self {
        Self {
            caller,
            id,
            patch: patch.into_privileged(),
            base: None,
            demand: Demand::Somebody,
            knowledge: Knowledge::default(),
            state: State::Read { tries: TRIES },
        }
    }

    /// What the client has learned of the server by other updates.
    pub(crate) fn knowing(mut self, knowledge: Knowledge) -> Self {
        self.knowledge = knowledge;
        self
    }

    pub(crate) fn on(mut self, base: Option<RawTraits>, demand: Demand) -> Self {
        self.base = base;
        self.demand = demand;
        self
    }

    fn build(&self) -> Result<Request<Vec<u8>>, http::Error> {
        match &self.state {
            State::Read { .. } => self.caller.about(Method::GET, &self.id)?.body(Vec::new()),
            State::Patch(Attempt { edits, tested, .. }) => self
                .caller
                .about(Method::PATCH, &self.id)?
                .header(CONTENT_TYPE, "application/json")
                .body(json_patch::body(edits, *tested)),
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
        watch::ended(&step, AdminOutcome::name);
        Ok(step)
    }
}
