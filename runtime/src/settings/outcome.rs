//! How an update ends, in the words of the domain.

use std::fmt;

use super::pending::Pending;
use crate::http::answer::Refusal;
use crate::http::continue_with::ContinueWith;
use crate::http::messages::Invalid;
use crate::identity::Identity;
use crate::problem::Message;
use crate::update::difference::{Difference, Differing};
use crate::update::merge::Conflicted;

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
    pub(crate) overwriting: Pending<T>,
    pub(crate) keeping: Pending<T>,
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
