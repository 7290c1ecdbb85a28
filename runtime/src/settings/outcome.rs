//! The outcomes of an update through the settings flow.

use std::fmt;

use super::pending::Pending;
use crate::http::{ContinueWith, Invalid, Refusal};
use crate::identity::{Derived, Identity};
use crate::problem::Message;
use crate::update::difference::{Difference, DifferenceKind};
use crate::update::merge::TraitConflict;

/// The outcome of an update.
///
/// Only [`Saved`](Self::Saved) means that the change is known to be saved. Of the other outcomes only
/// [`Busy`](Self::Busy) and [`Refused`](Self::Refused) may have changed the traits: [`Refusal::may_have_been_saved`] tells.
///
/// The enum is exhaustive on purpose, so that a `match` without `_` handles every response of Kratos; a
/// new variant is a breaking change of this crate.
///
/// ```
/// use kratos_traits::Outcome;
///
/// fn message<T>(outcome: &Outcome<T>) -> &'static str {
///     match outcome {
///         Outcome::Saved(_) => "Saved.",
///         Outcome::VerificationRequired(_) => "Please follow the link that we have sent to you.",
///         Outcome::Invalid(_) => "Please correct the form.",
///         Outcome::IdentifierTaken(_) => "This address is already in use.",
///         Outcome::Conflict(_) => "The profile has been changed in another window.",
///         Outcome::ReauthenticationRequired(_) | Outcome::SessionInactive(_) => "Please log in.",
///         Outcome::SecondFactorRequired(_) => "Please enter the code of your app.",
///         Outcome::BrowserRedirectRequired(_) => "Please continue in the browser.",
///         Outcome::IdentityMismatch(_) => "This change belongs to another account.",
///         Outcome::Busy(..) => "Please try again in a minute.",
///         Outcome::FlowExpired(_) | Outcome::Refused(_) | Outcome::Unconfirmed(_) => "Please try again.",
///     }
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "only `Outcome::Saved` is a saved change: match on the outcome"]
pub enum Outcome<T> {
    /// The traits have the values that the update asks for: they were saved, or had these values already
    /// and nothing was sent. (With a base, values that are equal to those of the base are not part of the
    /// update.)
    Saved(Saved<T>),
    /// The new address must be verified first; Kratos then saves the change itself (hook
    /// `verify_new_address`, after v26.2.0). Nothing is changed yet.
    #[doc(alias = "verify_new_address")]
    VerificationRequired(Unsaved<T>),
    /// Kratos answered with HTTP 200, but did not confirm that the change is saved. For example, the hook
    /// `verify_new_address` accepts only one changed address at once; [`Unsaved::messages`] tells.
    #[doc(alias = "verify_new_address")]
    Unconfirmed(Unsaved<T>),
    /// The traits break the schema. Nothing was changed.
    Invalid(Invalid),
    /// Another account has the identifier or address already. Kratos does not say which trait it is.
    /// Nothing was changed.
    IdentifierTaken(Invalid),
    /// Another client has changed the same traits since the update was made. Nothing was sent.
    Conflict(Conflict<T>),
    /// The pending change belongs to another identity than the session. Nothing was sent.
    #[doc(alias = "security_identity_mismatch")]
    IdentityMismatch(Pending<T>),
    /// The change requires a fresh login, after which it can be resumed. Nothing was changed.
    /// [`Pending::cause`] tells whether the change is the reason.
    #[doc(alias = "session_refresh_required")]
    ReauthenticationRequired(Pending<T>),
    /// The session lacks the second factor, after which the change can be resumed. Nothing was changed.
    #[doc(alias = "session_aal2_required")]
    SecondFactorRequired(Pending<T>),
    /// The browser must go to [`Pending::redirect_browser_to`] first (HTTP 422). Nothing was changed.
    #[doc(alias = "browser_location_change_required")]
    BrowserRedirectRequired(Pending<T>),
    /// There is no active session: the person must log in, then the change can be resumed. Nothing was
    /// changed. If [`Pending::person`] is `None`, anyone who logs in can resume the change as their own;
    /// [`Pending::of_person`] prevents that.
    #[doc(alias = "session_inactive")]
    SessionInactive(Pending<T>),
    /// The flow expired before the submit, and so did the flow that replaced it. Nothing was changed.
    #[doc(alias = "self_service_flow_expired")]
    FlowExpired(Pending<T>),
    /// Try again later, after [`Refusal::retry_after`]: too many requests (HTTP 429), the server is not available (503), or its
    /// database was busy with other changes.
    Busy(Refusal, Pending<T>),
    /// Kratos refused for another reason.
    #[doc(alias = "security_csrf_violation")]
    #[doc(alias = "self_service_flow_return_to_forbidden")]
    Refused(Refusal),
}

impl<T> Outcome<T> {
    /// The name of the outcome, for logs and counters: `saved`, `invalid`, …
    ///
    /// ```
    /// use kratos_traits::Outcome;
    ///
    /// fn log<T>(outcome: &Outcome<T>) {
    ///     println!("settings: {}", outcome.name());
    /// }
    /// ```
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Saved(_) => "saved",
            Self::VerificationRequired(_) => "verification_required",
            Self::Unconfirmed(_) => "unconfirmed",
            Self::Invalid(_) => "invalid",
            Self::IdentifierTaken(_) => "identifier_taken",
            Self::Conflict(_) => "conflict",
            Self::IdentityMismatch(_) => "identity_mismatch",
            Self::ReauthenticationRequired(_) => "reauthentication_required",
            Self::SecondFactorRequired(_) => "second_factor_required",
            Self::BrowserRedirectRequired(_) => "browser_redirect_required",
            Self::SessionInactive(_) => "session_inactive",
            Self::FlowExpired(_) => "flow_expired",
            Self::Busy(..) => "busy",
            Self::Refused(_) => "refused",
        }
    }
}

/// The change is saved, through the settings flow or the admin API.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Saved<T> {
    /// The identity as saved.
    ///
    /// After an update through the admin API a changed address is not verified, and Kratos starts no
    /// verification: the application does that, with a verification flow
    /// ([`Identity::unverified_addresses`]).
    pub identity: Identity<T>,
    /// What Kratos suggests to do next, such as verifying a new address. The admin API suggests nothing.
    pub continue_with: Vec<ContinueWith>,
    /// The traits whose stored value differs from the sent one.
    pub differences: Vec<Difference>,
    pub(crate) new: Derived,
}

impl<T> Saved<T> {
    /// Nothing was sent, because the traits have the values already.
    pub(crate) fn unchanged(identity: Identity<T>) -> Self {
        Self {
            identity,
            continue_with: Vec::new(),
            differences: Vec::new(),
            new: Derived::default(),
        }
    }

    /// The identifiers and addresses that the identity did not have before the update, as Kratos normalises them.
    ///
    /// An ordinary update that adds one has found a role that the application's schema lacks: generate the types from the schema of
    /// the server. The settings flow returns addresses only, the admin API identifiers too.
    ///
    /// ```
    /// use kratos_traits::settings::Saved;
    ///
    /// fn count<T>(saved: &Saved<T>) -> usize {
    ///     saved.new_identifiers().count()
    /// }
    /// ```
    pub fn new_identifiers(&self) -> impl Iterator<Item = &str> {
        self.new.iter()
    }

    /// Whether the stored values are those that were sent, apart from what Kratos itself rewrites.
    ///
    /// `false` if a web hook changed them, or another client saved between our save and the response. A
    /// later save is not visible here, but to the next update that is
    /// [based on](crate::client::Settings::based_on) the traits of [`identity`](Self::identity).
    ///
    /// ```
    /// use kratos_traits::settings::Saved;
    ///
    /// fn message<T>(saved: &Saved<T>) -> &'static str {
    ///     if saved.is_as_sent() { "Saved." } else { "Saved, with corrections." }
    /// }
    /// ```
    pub fn is_as_sent(&self) -> bool {
        let mut differences = self.differences.iter();
        !differences.any(|difference| difference.kind == DifferenceKind::Replaced)
    }
}

/// Kratos answered with HTTP 200, but did not save the change.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Unsaved<T> {
    /// The identity, unchanged.
    pub identity: Identity<T>,
    /// What Kratos suggests to do next, such as verifying the new address.
    pub continue_with: Vec<ContinueWith>,
    /// The messages of the flow.
    pub messages: Vec<Message>,
}

/// Another client has changed the same traits since the update was made. Nothing was sent.
///
/// The application shows [`traits`](Self::traits) to the person, who decides between
/// [`overwrite`](Self::overwrite) and [`keep_theirs`](Self::keep_theirs); see
/// [`Settings::based_on`](crate::client::Settings::based_on) for an example.
#[derive(Clone)]
#[non_exhaustive]
#[must_use = "an update in conflict is not saved"]
pub struct Conflict<T> {
    /// The traits that both sides changed to different values.
    pub traits: Vec<TraitConflict>,
    pub(super) overwriting: Pending<T>,
    pub(super) keeping: Pending<T>,
}

impl<T> Conflict<T> {
    /// The update with our values for the traits in conflict. Its base are the current traits, so a
    /// further change by another client is a new conflict.
    ///
    /// ```
    /// use kratos_traits::{Pending, settings::Conflict};
    ///
    /// fn decide<T>(conflict: Conflict<T>, overwrite: bool) -> Pending<T> {
    ///     if overwrite { conflict.overwrite() } else { conflict.keep_theirs() }
    /// }
    /// ```
    pub fn overwrite(self) -> Pending<T> {
        self.overwriting
    }

    /// The update without the traits in conflict.
    ///
    /// ```
    /// use kratos_traits::{Pending, settings::Conflict};
    ///
    /// fn give_way<T>(conflict: Conflict<T>) -> Pending<T> {
    ///     conflict.keep_theirs()
    /// }
    /// ```
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
