//! How an update ends, in the words of the domain.

use std::fmt;

use serde_json::value::RawValue;

use super::conflict::Conflict;
use super::pending::Pending;
use crate::exchange::answer::Answer;
use crate::exchange::envelope::Envelope;
use crate::exchange::{Error, Phase};
use crate::flow::continue_with::ContinueWith;
use crate::identity::Identity;
use crate::problem::{Message, Problem};
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Privileged;
use crate::traits::raw::RawTraits;
use crate::update::difference::{Difference, Differing};
use crate::update::patch::Patch;
use crate::update::problems::partition;

/// Every way in which Kratos ends an update.
///
/// Only [`Saved`](Self::Saved) is a change that is known to be saved. Of the others only a
/// [`Refused`](Self::Refused) may have changed the traits all the same, and says so:
/// [`Refusal::may_have_been_saved`].
///
/// The list is complete on purpose, so that a `match` without `_` handles whatever Kratos answers; a
/// new way to end is a new version of this crate.
#[derive(Clone, Debug)]
#[must_use = "only `Outcome::Saved` is a saved change: match on the outcome"]
pub enum Outcome<T> {
    /// The traits are as the update asks for: they are saved, or they were so already and nothing
    /// had to be sent. With a base, a value that the update leaves as it was there asks for nothing.
    Saved(Saved<T>),
    /// Kratos accepted the request but did not save the change: HTTP 200 is no proof.
    Parked(Parked<T>),
    /// The traits break the schema. Nothing was changed.
    Invalid(Invalid),
    /// Another account has the identifier or address already; Kratos does not say which trait it
    /// is. Nothing was changed.
    IdentifierTaken(Invalid),
    /// Somebody else changed the same traits since the update was made. Nothing was sent.
    Conflict(Conflict<T>),
    /// The pending change belongs to another person than the session. Nothing was sent.
    AnotherPerson(Pending<T>),
    /// The login is too old for the change, or Kratos says so: resume it after a fresh login.
    /// [`Pending::cause`] tells whether the change is the reason. Nothing was changed.
    ReauthenticationNeeded(Pending<T>),
    /// The session lacks the second factor: resume the change with it. Nothing was changed.
    SecondFactorNeeded(Pending<T>),
    /// The browser must go to another place first (HTTP 422). Nothing was changed.
    GoElsewhere(Elsewhere<T>),
    /// There is no valid session: the person must log in, and then the change can be resumed. Nothing
    /// was changed. When Kratos never showed whose change it is, whoever logs in next resumes it as their
    /// own: [`Pending::person`] is `None`, and [`Pending::of_person`] says whose it is.
    SessionGone(Pending<T>),
    /// The flow expired before the submit, and so did the one that took its place. Nothing was
    /// changed.
    FlowGone(Pending<T>),
    /// Kratos refused for another reason, kept whole.
    Refused(Refusal),
}

impl<T> Outcome<T> {
    /// A word for the outcome, for logs and counters: `saved`, `invalid`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Saved(_) => "saved",
            Self::Parked(_) => "parked",
            Self::Invalid(_) => "invalid",
            Self::IdentifierTaken(_) => "identifier_taken",
            Self::Conflict(_) => "conflict",
            Self::AnotherPerson(_) => "another_person",
            Self::ReauthenticationNeeded(_) => "reauthentication_needed",
            Self::SecondFactorNeeded(_) => "second_factor_needed",
            Self::GoElsewhere(_) => "go_elsewhere",
            Self::SessionGone(_) => "session_gone",
            Self::FlowGone(_) => "flow_gone",
            Self::Refused(_) => "refused",
        }
    }
}

/// The change is saved.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Saved<T> {
    /// The person, as saved.
    pub identity: Identity<T>,
    /// What Kratos proposes to do next, such as verifying a new address.
    pub continue_with: Vec<ContinueWith>,
    /// Where something else is stored than was sent.
    pub differing: Vec<Differing>,
}

impl<T> Saved<T> {
    /// Whether all that was sent is stored, but for what Kratos itself writes in another way.
    ///
    /// `false`: a web hook changed it, or somebody else saved between our save and its answer. A save
    /// that comes later still is not seen here, but by the next update that is
    /// [based on](crate::flow::Update::based_on) [`identity`](Self::identity).
    pub fn is_as_sent(&self) -> bool {
        let mut differences = self.differing.iter().map(|one| one.difference);
        !differences.any(|difference| difference == Difference::Replaced)
    }
}

/// Kratos answered 200 but did not save.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parked<T> {
    /// Why.
    pub reason: ParkReason,
    /// The person, unchanged.
    pub identity: Identity<T>,
    /// What Kratos proposes to do next.
    pub continue_with: Vec<ContinueWith>,
    /// Messages of the flow.
    pub messages: Vec<Message>,
}

/// Why a change is parked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParkReason {
    /// The new address must be verified first; Kratos then applies the change (hook
    /// `verify_new_address`, after v26.2.0).
    VerificationNeeded,
    /// More than one address changed at once, which the hook `verify_new_address` does not take.
    TooManyAddresses,
    /// The flow did not reach `state: success`, for a reason that we do not know.
    Unknown,
}

/// What is wrong with the traits, from our own check or from Kratos.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Invalid {
    /// Problems of traits: first those of [what the update asks for](Self::caused), then those of
    /// [what is stored](Self::stored).
    pub problems: Vec<Problem>,
    /// Messages that belong to no trait.
    pub general: Vec<Message>,
    /// How many of the problems are of what the update asks for.
    caused: usize,
}

impl Invalid {
    /// The problems of what the update asks for.
    pub fn caused(&self) -> &[Problem] {
        self.problems.get(..self.caused).unwrap_or(&self.problems)
    }

    /// The problems of traits that the update leaves as they are: what is stored breaks today's
    /// schema, and no update is saved that does not repair it, by setting or removing these traits
    /// too. A form that does not show them should not blame the person for them.
    ///
    /// Where a rule ties traits together (`if`, `dependencies`) and only Kratos judges it, a problem
    /// of a trait that the update leaves alone may come from what it changes.
    pub fn stored(&self) -> &[Problem] {
        self.problems.get(self.caused..).unwrap_or_default()
    }

    /// What our own check finds in an update of the traits as they are stored.
    pub(crate) fn of_update<T: IdentityTraits>(
        problems: Vec<Problem>,
        patch: &Patch<T, Privileged>,
        current: &RawTraits,
    ) -> Self {
        let found = partition(problems, patch, T::SCHEMA, Some(current));
        Self::sorted(found, Vec::new())
    }

    /// What Kratos finds in it.
    pub(crate) fn of_answer<T: IdentityTraits>(
        problems: Vec<Problem>,
        general: Vec<Message>,
        patch: &Patch<T, Privileged>,
    ) -> Self {
        Self::sorted(partition(problems, patch, T::SCHEMA, None), general)
    }

    fn sorted((mut problems, stored): (Vec<Problem>, Vec<Problem>), general: Vec<Message>) -> Self {
        let caused = problems.len();
        problems.extend(stored);
        Self {
            problems,
            general,
            caused,
        }
    }
}

/// The browser must go to another place first.
#[derive(Clone)]
#[non_exhaustive]
pub struct Elsewhere<T> {
    /// The place.
    pub redirect_browser_to: Option<String>,
    /// The change that waits.
    pub pending: Pending<T>,
}

impl<T> fmt::Debug for Elsewhere<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elsewhere").finish_non_exhaustive()
    }
}

/// An error of Kratos for which there is no outcome of its own.
///
/// A 404 while the flow is created mostly means that the URL is not that of Kratos's *public* API; a
/// 404 afterwards, that the method `profile` is switched off.
#[derive(Clone)]
#[non_exhaustive]
pub struct Refusal {
    /// Which request was refused.
    pub phase: Phase,
    /// The HTTP status.
    pub status: u16,
    /// `error.id`, when there is one.
    pub id: Option<String>,
    /// `error.reason`, or else `error.message`; may quote what a person typed.
    pub reason: Option<String>,
    /// The whole body; may hold personal data.
    pub body: Box<RawValue>,
}

impl Refusal {
    /// Reads an error for which there is no outcome of its own.
    pub(crate) fn read(answer: &Answer<'_>, envelope: Envelope) -> Result<Self, Error> {
        Ok(Self {
            phase: answer.phase,
            status: answer.status.as_u16(),
            id: envelope.error.id,
            reason: envelope.error.reason.or(envelope.error.message),
            body: answer.read::<&RawValue>("")?.to_owned(),
        })
    }

    /// Whether the traits may be changed all the same: Kratos runs web hooks and writes its flow behind the
    /// save, and what fails there is answered with a server error, or with an error of status 400
    /// (`selfservice/flow/settings/{hook,error}.go`; seen on v1.3.1).
    ///
    /// `true`: read the traits again before trying once more. An update that is
    /// [based on](crate::flow::Update::based_on) the traits that it was made on can be tried again as it is.
    pub fn may_have_been_saved(&self) -> bool {
        let behind_the_save = self.phase == Phase::Submit && self.status == 400;
        self.phase.saves() && (behind_the_save || self.status >= 500)
    }

    /// Whether Kratos's database gave up because of another request at the same time: status 400 without
    /// an id (`ErrConcurrentUpdate` in `sqlcon` of `ory/x`). It goes better the next time.
    pub fn is_concurrent_update(&self) -> bool {
        let reason = self.reason.as_deref().unwrap_or_default();
        self.status == 400 && reason.starts_with("Unable to serialize access")
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("phase", &self.phase)
            .field("status", &self.status)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
