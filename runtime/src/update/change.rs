//! Applies a patch to the current traits and checks the complete document, without I/O.

use std::marker::PhantomData;

use super::access::Access;
use super::patch::Patch;
use super::problems::stopping;
use crate::json::{Json, Members, json_eq};
use crate::kratos::form_decoder;
use crate::kratos::identifiers::{normalised, own_value};
use crate::problem::Problem;
use crate::traits::facts::{IdentityTraits, Role, TraitFacts};
use crate::traits::raw::RawTraits;

/// A checked traits document to send, and the traits that it changes.
#[derive(Clone, Debug)]
#[must_use = "nothing is changed until it is sent"]
pub struct Change<T> {
    traits: RawTraits,
    changed: Vec<&'static TraitFacts>,
    privileged: Vec<(&'static TraitFacts, Role)>,
    /// Whether the text of the document is the current one.
    empty: bool,
    #[cfg(feature = "client")]
    without_arrays: Option<WithoutArrays>,
    of: PhantomData<fn() -> T>,
}

/// The document without the empty arrays that were added for Kratos's decoder.
#[cfg(feature = "client")]
#[derive(Clone, Debug)]
pub(crate) struct WithoutArrays {
    pub(crate) traits: RawTraits,
    /// The places of the arrays, or of the objects that were added around them.
    pub(crate) arrays: Vec<Vec<String>>,
}

impl<T: IdentityTraits> Change<T> {
    /// `is_derived` tells whether a stored value is an identifier or address of the person, whatever the schema says.
    pub(crate) fn new<A>(
        patch: &Patch<T, A>,
        access: Access,
        current: &Json<'_>,
        is_derived: &dyn Fn(&Json<'_>) -> bool,
    ) -> Result<Self, Vec<Problem>> {
        let (patched, mut problems) = patch.applied(current);
        problems.extend(access.problems(&[T::schema()], current, &patched, is_derived));
        let empty = patched.text() == current.text();
        let completed = form_decoder::complete(T::schema(), &patched);
        let traits = completed.sent;
        let mut found = stopping(completed.problems, patch, current, &patched);
        // A trait that could not be changed is not judged further: its other problems are unknown.
        found.retain(|one| {
            !problems
                .iter()
                .any(|problem| problem.path.overlaps(&one.path))
        });
        problems.append(&mut found);
        if !problems.is_empty() {
            return Err(problems);
        }
        let touched = patch.touched().into_iter();
        let changed = touched.filter(|facts| changes::<T>(facts, current, &traits));
        Ok(Self {
            changed: changed.collect(),
            privileged: privileged(patch, current, &traits),
            traits: RawTraits::of(&traits),
            empty,
            #[cfg(feature = "client")]
            without_arrays: completed
                .without_arrays
                .map(|(traits, arrays)| WithoutArrays {
                    traits: RawTraits::of(&traits),
                    arrays,
                }),
            of: PhantomData,
        })
    }

    /// The complete document.
    ///
    /// ```
    /// # fn example<T: kratos_traits::IdentityTraits>(change: &kratos_traits::Change<T>) {
    /// println!("{} bytes to send", change.traits().as_str().len());
    /// # }
    /// ```
    pub fn traits(&self) -> &RawTraits {
        &self.traits
    }

    /// Returns the complete document and drops the rest.
    ///
    /// ```
    /// # use kratos_traits::{Change, IdentityTraits, RawTraits};
    /// fn document<T: IdentityTraits>(change: Change<T>) -> RawTraits {
    ///     change.into_traits()
    /// }
    /// ```
    pub fn into_traits(self) -> RawTraits {
        self.traits
    }

    /// Returns the complete document, and what to send if Kratos refuses the arrays in it.
    #[cfg(feature = "client")]
    pub(crate) fn into_documents(self) -> (RawTraits, Option<WithoutArrays>) {
        (self.traits, self.without_arrays)
    }

    /// Whether the update changes nothing, because everything it asks for is already stored.
    ///
    /// ```
    /// # use kratos_traits::{Change, IdentityTraits};
    /// fn is_needed<T: IdentityTraits>(change: &Change<T>) -> bool {
    ///     !change.is_empty()
    /// }
    /// ```
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// The traits whose value changes.
    ///
    /// For an object, its members that are traits are listed. The object itself is listed if a member
    /// that the schema does not name changes, if an empty object is added or removed, or if the object
    /// has a role in Kratos, such as an identifier among its unnamed members. A member of the traits object
    /// that the schema does not name is not a trait and is not listed.
    ///
    /// ```
    /// # use kratos_traits::{Change, IdentityTraits};
    /// fn log<T: IdentityTraits>(change: &Change<T>) {
    ///     for facts in change.changed() {
    ///         println!("changed: {:?}", facts.path);
    ///     }
    /// }
    /// ```
    pub fn changed(&self) -> &[&'static TraitFacts] {
        &self.changed
    }

    /// The identifiers and addresses that change, each with its role.
    ///
    /// Values are compared as Kratos stores identifiers, so a different letter case is not a change. (A
    /// space before or after a username is a change up to v26.2.0, so it is one here.)
    ///
    /// ```
    /// # use kratos_traits::{Change, IdentityTraits};
    /// fn log<T: IdentityTraits>(change: &Change<T>) {
    ///     for (facts, role) in change.privileged() {
    ///         println!("{:?} is the {role}", facts.path);
    ///     }
    /// }
    /// ```
    pub fn privileged(&self) -> &[(&'static TraitFacts, Role)] {
        &self.privileged
    }

    /// Whether the change itself needs a privileged session; [`privileged`](Self::privileged) returns the
    /// reasons.
    ///
    /// Kratos may require one for other reasons too: up to v26.2.0 it does for *every* change of a
    /// person with a verified address (ory/kratos#4435).
    ///
    /// ```
    /// # use kratos_traits::{Change, IdentityTraits};
    /// fn announce<T: IdentityTraits>(change: &Change<T>) -> &'static str {
    ///     if change.is_privileged() { "You may have to log in again." } else { "" }
    /// }
    /// ```
    pub fn is_privileged(&self) -> bool {
        !self.privileged.is_empty()
    }
}

impl<T: IdentityTraits, A> Patch<T, A> {
    /// The traits that the patch sets or removes, those in them, and those that hold them.
    pub(crate) fn touched(&self) -> Vec<&'static TraitFacts> {
        let touches = |facts: &&TraitFacts| self.entries.iter().any(|entry| entry.touches(facts));
        T::TRAITS.iter().filter(touches).collect()
    }
}

/// The identifiers and addresses that the patch changes, each with its role.
pub(crate) fn privileged<T: IdentityTraits, A>(
    patch: &Patch<T, A>,
    before: &Json<'_>,
    after: &Json<'_>,
) -> Vec<(&'static TraitFacts, Role)> {
    let mut found = Vec::new();
    for facts in patch.touched() {
        let values = [before, after].map(|document| facts.value(document));
        let changes = |role: &Role| {
            let [before, after] = values.map(|value| normalised(*role, value));
            role.is_privileged() && before != after
        };
        let roles = facts.roles.iter().copied().filter(changes);
        found.extend(roles.map(|role| (facts, role)));
    }
    found
}

/// Whether the value of the trait changes, as listed by [`Change::changed`].
fn changes<T: IdentityTraits>(facts: &TraitFacts, before: &Json<'_>, after: &Json<'_>) -> bool {
    !json_eq(facts.value(before), facts.value(after))
        && (!facts.roles.is_empty() || own_value_changes::<T>(facts, before, after))
}

/// Whether the value changes in anything other than its members that are traits.
fn own_value_changes<T: IdentityTraits>(
    facts: &TraitFacts,
    before: &Json<'_>,
    after: &Json<'_>,
) -> bool {
    let own = |document| own_value(facts, T::TRAITS, document);
    match (own(before), own(after)) {
        // An object with named members is added or removed: the members are listed, unless there are none.
        (None, Some(rest)) if is_empty_object(&rest) => {
            facts.value(after).is_some_and(is_empty_object)
        }
        (Some(rest), None) if is_empty_object(&rest) => {
            facts.value(before).is_some_and(is_empty_object)
        }
        (before, after) => !json_eq(before.as_ref(), after.as_ref()),
    }
}

fn is_empty_object(value: &Json<'_>) -> bool {
    value.members().is_some_and(Members::is_empty)
}
