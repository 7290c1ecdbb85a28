//! Applies a patch to the current traits and checks the complete document, without I/O.

use std::marker::PhantomData;

use serde_json::Value;

use super::{fill, identifiers};
use crate::check::is_unexpected_members;
use crate::json::path::TraitPath;
use crate::problem::Problem;
use crate::traits::facts::{IdentityTraits, Role, TraitFacts};
use crate::traits::raw::RawTraits;
use crate::traits::tree::Tree;
use crate::update::patch::Patch;

/// A checked traits document to send, and the traits that it changes.
#[derive(Clone, Debug)]
#[must_use = "nothing is changed until it is sent"]
pub struct Change<T> {
    traits: RawTraits,
    changed: Vec<&'static TraitFacts>,
    privileged: Vec<(&'static TraitFacts, Role)>,
    /// Whether the text of the document is the current one.
    empty: bool,
    of: PhantomData<fn() -> T>,
}

impl<T: IdentityTraits> Change<T> {
    pub(crate) fn new<A>(patch: &Patch<T, A>, current: &RawTraits) -> Result<Self, Vec<Problem>> {
        let (patched, mut undone) = patch.applied(current);
        let empty = patched.as_str() == current.as_str();
        let (traits, mut problems) = fill::complete(T::SCHEMA, patched);
        let touched = patch.touched();
        drop_stored_members(&mut problems, current, &traits);
        identifiers::problems(T::SCHEMA, &touched, current, &traits, &mut problems);
        // A trait that could not be changed is not judged further: its other problems are unknown.
        problems.retain(|one| !undone.iter().any(|undone| undone.path.overlaps(&one.path)));
        undone.append(&mut problems);
        if !undone.is_empty() {
            return Err(undone);
        }
        let changes = |facts: &&&'static TraitFacts| changes::<T>(facts, current, &traits);
        let changed = touched.iter().filter(changes).copied().collect();
        let privileged = privileged(patch, current, &traits);
        Ok(Self {
            traits,
            changed,
            privileged,
            empty,
            of: PhantomData,
        })
    }

    /// The complete document.
    pub fn traits(&self) -> &RawTraits {
        &self.traits
    }

    /// Returns the complete document and drops the rest.
    pub fn into_traits(self) -> RawTraits {
        self.traits
    }

    /// Whether the update changes nothing, because everything it asks for is already stored.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// The traits whose value changes.
    ///
    /// For an object, its members that are traits are listed. The object itself is listed if a member
    /// that the schema does not name changes, if an empty object is added or removed, or if the object
    /// has a role in Kratos, such as an identifier among its unnamed members. A member of the traits object
    /// that the schema does not name is not a trait and is not listed.
    pub fn changed(&self) -> &[&'static TraitFacts] {
        &self.changed
    }

    /// The identifiers and addresses that change, each with its role.
    ///
    /// Values are compared as Kratos stores identifiers, so a different letter case is not a change. (A
    /// space before or after a username is a change up to v26.2.0, so it is one here.)
    pub fn privileged(&self) -> &[(&'static TraitFacts, Role)] {
        &self.privileged
    }

    /// Whether the change itself needs a privileged session; [`privileged`](Self::privileged) returns the
    /// reasons.
    ///
    /// Kratos may require one for other reasons too: up to v26.2.0 it does for *every* change of a
    /// person with a verified address (ory/kratos#4435).
    pub fn is_privileged(&self) -> bool {
        !self.privileged.is_empty()
    }
}

impl<T: IdentityTraits, A> Patch<T, A> {
    /// The traits that the patch sets or removes, those in them, and those that hold them.
    pub(crate) fn touched(&self) -> Vec<&'static TraitFacts> {
        let touches = |facts: &&TraitFacts| {
            self.paths().any(|path| {
                let pairs = path.segments().iter().zip(facts.path);
                pairs.into_iter().all(|(a, b)| a == b)
            })
        };
        T::TRAITS.iter().filter(touches).collect()
    }
}

/// The identifiers and addresses that the patch changes, each with its role.
pub(crate) fn privileged<T: IdentityTraits, A>(
    patch: &Patch<T, A>,
    before: &RawTraits,
    after: &RawTraits,
) -> Vec<(&'static TraitFacts, Role)> {
    let mut found = Vec::new();
    for facts in patch.touched() {
        let path = TraitPath::new(facts.path.iter().copied());
        let (before, after) = (before.value(&path), after.value(&path));
        let moved = facts.roles.iter().copied().filter(|role| {
            role.is_privileged()
                && identifiers::normalised(*role, before.as_ref())
                    != identifiers::normalised(*role, after.as_ref())
        });
        found.extend(moved.map(|role| (facts, role)));
    }
    found
}

/// Whether the value of the trait changes, as listed by [`Change::changed`].
fn changes<T: IdentityTraits>(
    facts: &'static TraitFacts,
    before: &RawTraits,
    after: &RawTraits,
) -> bool {
    let path = TraitPath::new(facts.path.iter().copied());
    before.value(&path) != after.value(&path)
        && (!facts.roles.is_empty() || differs_itself::<T>(facts, before, after))
}

/// The problems of a document on the admin API, which inserts nothing.
#[cfg(feature = "flow")]
pub(crate) fn problems_as_sent<T: IdentityTraits, A>(
    patch: &Patch<T, A>,
    before: &RawTraits,
    after: &RawTraits,
) -> Vec<Problem> {
    let mut problems = T::SCHEMA.check(after);
    drop_stored_members(&mut problems, before, after);
    let touched = patch.touched();
    identifiers::problems(T::SCHEMA, &touched, before, after, &mut problems);
    problems
}

/// Whether it changes in anything other than its members that are traits.
fn differs_itself<T: IdentityTraits>(
    facts: &TraitFacts,
    before: &RawTraits,
    after: &RawTraits,
) -> bool {
    let own = |traits| identifiers::own_value(facts, T::TRAITS, traits);
    let path = TraitPath::new(facts.path.iter().copied());
    let whole = |traits: &RawTraits| traits.value(&path);
    match (own(before), own(after)) {
        // An object with named members is added or removed: the members are listed, unless there are none.
        (None, Some(rest)) if is_empty_object(&rest) => whole(after) == Some(rest),
        (Some(rest), None) if is_empty_object(&rest) => whole(before) == Some(rest),
        (before, after) => before != after,
    }
}

/// Drops the problems of stored members that the schema does not allow: a newer schema of the server may allow them, so Kratos
/// judges them.
fn drop_stored_members(problems: &mut Vec<Problem>, before: &RawTraits, after: &RawTraits) {
    if !problems.iter().any(is_unexpected_members) {
        return;
    }
    let (before, after) = (Tree::read(before.raw()), Tree::read(after.raw()));
    problems.retain(|problem| {
        let object = problem.path.segments();
        let (Some(before), Some(after)) = (before.at(object), after.at(object)) else {
            return true;
        };
        let members = after.members().into_iter().flatten();
        let text = &problem.message.text;
        let mut unexpected = members.filter(|(name, _)| text.contains(&format!("{name:?}")));
        !is_unexpected_members(problem) || unexpected.any(|(name, _)| before.get(name).is_none())
    });
}

fn is_empty_object(value: &Value) -> bool {
    value.as_object().is_some_and(serde_json::Map::is_empty)
}
