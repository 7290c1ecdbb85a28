//! A change that waits.

use std::fmt;

use crate::flow::flow_id::FlowId;
use crate::traits::facts::TraitsObject;
use crate::traits::marker::{Access, Privileged};
use crate::traits::raw::RawTraits;
use crate::update::patch::Patch;

/// A change that waits for a login, or for a decision. `Debug` shows which traits it changes, and no value.
///
/// It is taken up again with [`Settings::resume`](crate::client::Settings::resume), at once or later in
/// another process: [sealed](Self::seal) (feature `seal`), or in clear after
/// [`expose_in_clear`](Self::expose_in_clear).
///
/// - It belongs to the person whose flow refused it: with the session of another person it ends in
///   [`Outcome::AnotherPerson`](crate::Outcome::AnotherPerson).
/// - It knows the values that it was to replace: when somebody else changed one of them meanwhile,
///   it ends in [`Outcome::Conflict`](crate::Outcome::Conflict). A trait that had the wanted value then is not
///   part of the change any more.
///
/// One that was refused before Kratos showed the person (for want of a session or of the second factor) knows neither,
/// unless it came so: see [`of_person`](Self::of_person) and [`based_on`](Self::based_on).
#[must_use = "a pending change is not saved: resume it"]
pub struct Pending<T> {
    pub(super) patch: Patch<T, Privileged>,
    /// The values at the paths of the patch that it was made on.
    pub(super) base: Option<RawTraits>,
    /// The id of the identity that it belongs to.
    pub(super) person: Option<String>,
    /// The flow that Kratos made to take the place of an expired one.
    pub(super) replacement: Option<FlowId>,
    /// Where Kratos would send a browser to log in; a native application uses
    /// `/self-service/login/api?refresh=true` (or `?aal=aal2`) with its session token instead.
    pub redirect_browser_to: Option<String>,
}

impl<T> Pending<T> {
    /// A change of whoever owns the session, on whatever is stored.
    pub(crate) fn of(patch: Patch<T, impl Access>) -> Self {
        Self {
            patch: patch.into_privileged(),
            base: None,
            person: None,
            replacement: None,
            redirect_browser_to: None,
        }
    }

    /// What is to be changed.
    pub fn patch(&self) -> &Patch<T, Privileged> {
        &self.patch
    }

    /// What is to be changed, without the rest.
    pub fn into_patch(self) -> Patch<T, Privileged> {
        self.patch
    }

    /// The id of the identity that the change belongs to, when it is known.
    pub fn person(&self) -> Option<&str> {
        self.person.as_deref()
    }

    /// The same change, for the person with this identity id only.
    pub fn of_person(mut self, identity_id: impl Into<String>) -> Self {
        self.person = Some(identity_id.into());
        self
    }

    /// The same change, made on whatever is stored when it is resumed: it overwrites what somebody
    /// else saved meanwhile.
    pub fn unguarded(mut self) -> Self {
        self.base = None;
        self
    }
}

impl<T: TraitsObject> Pending<T> {
    /// The same change, made on these traits: see [`Update::based_on`](crate::flow::Update::based_on).
    pub fn based_on(mut self, base: &RawTraits) -> Self {
        self.patch = self.patch.made_on(base);
        self.base = Some(self.patch.project(base));
        self
    }
}

impl<T> Clone for Pending<T> {
    fn clone(&self) -> Self {
        Self {
            patch: self.patch.clone(),
            base: self.base.clone(),
            person: self.person.clone(),
            replacement: self.replacement.clone(),
            redirect_browser_to: self.redirect_browser_to.clone(),
        }
    }
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("patch", &self.patch)
            .finish_non_exhaustive()
    }
}
