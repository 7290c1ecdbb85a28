//! A change that waits.

use std::fmt;

use crate::http::flow::FlowId;
use crate::traits::facts::{IdentityTraits, Role, TraitFacts, TraitsObject};
use crate::traits::marker::{Access, Privileged};
use crate::traits::raw::RawTraits;
use crate::update::change::privileged;
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
    pub(crate) patch: Patch<T, Privileged>,
    /// The values at the paths of the patch that it was made on.
    pub(crate) base: Option<RawTraits>,
    /// The id of the identity that it belongs to.
    pub(crate) person: Option<String>,
    /// The flow that Kratos made to take the place of an expired one.
    pub(crate) replacement: Option<FlowId>,
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

/// Why a change waits for a fresh login, as far as the change itself says it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The change makes identifiers or addresses others: these, each with the role that makes it one.
    /// (Up to v26.2.0 Kratos asks for no login for a recovery address alone.)
    PrivilegedChange(Vec<(&'static TraitFacts, Role)>),
    /// The change touches no identifier and no address, and Kratos refuses it all the same. Up to
    /// v26.2.0 it refuses every change of a person with a verified address when the login is old
    /// (ory/kratos#4435); with two or more addresses to verify, every version does so at random; and so
    /// it does when the schema got a new identifier since the person was saved last.
    ///
    /// Trying again does not cure it. A fresh login does, and so does the admin API, which asks for none.
    NotByTheChange,
}

impl<T: IdentityTraits> Pending<T> {
    /// Why Kratos asks for a fresh login, as far as the change itself says it.
    ///
    /// A change that does not know the traits that it was made on counts every identifier and address
    /// that it names.
    pub fn cause(&self) -> Cause {
        let found = match &self.base {
            Some(base) => match self.patch.apply(base) {
                Ok(after) => privileged(&self.patch, base, &after),
                Err(_) => Vec::new(),
            },
            None => {
                let named = self.patch.touched().into_iter();
                let roles =
                    named.flat_map(|facts| facts.roles.iter().map(move |role| (facts, *role)));
                roles.filter(|(_, role)| role.is_privileged()).collect()
            }
        };
        if found.is_empty() {
            Cause::NotByTheChange
        } else {
            Cause::PrivilegedChange(found)
        }
    }
}
