//! From a patch and the current traits to a checked, complete document: no I/O.

use std::marker::PhantomData;

use serde_json::Value;

use super::{fill, identifiers};
use crate::check::is_unexpected_members;
use crate::problem::Problem;
use crate::traits::facts::{IdentityTraits, Role, TraitFacts};
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::traits::tree::Tree;
use crate::update::patch::Patch;

/// A traits document ready to be sent, and what it changes.
#[derive(Clone, Debug)]
#[must_use = "nothing is changed before it is sent"]
pub struct Change<T> {
    traits: RawTraits,
    changed: Vec<&'static TraitFacts>,
    privileged: Vec<(&'static TraitFacts, Role)>,
    /// Whether the document is the current one to the letter.
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
        // Of a trait that stays as it was for such a reason, nobody knows what else would be wrong with it.
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

    /// The complete document, without the rest.
    pub fn into_traits(self) -> RawTraits {
        self.traits
    }

    /// Whether the update asks for nothing that is not stored already: there is nothing to save.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// The traits whose value becomes another.
    ///
    /// An object is listed by its members that are traits of their own. It is listed itself when
    /// something else in it changes (a member that the schema does not name), when it comes or goes
    /// empty, and when Kratos has a use for the object: an identifier among its unnamed members. A
    /// member that the schema does not name, of the traits themselves, is no trait and is not listed.
    pub fn changed(&self) -> &[&'static TraitFacts] {
        &self.changed
    }

    /// The identifiers and addresses that become others, each with the role that makes it one.
    ///
    /// Values are compared as Kratos stores identifiers: a mere change of letter case is none. (A
    /// blank around a username is one up to v26.2.0, so it is one here.)
    pub fn privileged(&self) -> &[(&'static TraitFacts, Role)] {
        &self.privileged
    }

    /// Whether the change itself asks for a privileged session; [`privileged`](Self::privileged)
    /// has the reasons.
    ///
    /// Kratos may ask for one for other reasons too: up to v26.2.0 it does for *every* change of a
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

/// The identifiers and addresses that the patch makes others, each with the role that makes it one.
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

/// Whether the value of the trait becomes another, as [`Change::changed`] lists it.
fn changes<T: IdentityTraits>(
    facts: &'static TraitFacts,
    before: &RawTraits,
    after: &RawTraits,
) -> bool {
    let path = TraitPath::new(facts.path.iter().copied());
    before.value(&path) != after.value(&path)
        && (!facts.roles.is_empty() || differs_itself::<T>(facts, before, after))
}

/// What is wrong with a document where nothing is put in by anybody: the admin API.
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

/// Whether more of it changes than its members that are traits of their own.
fn differs_itself<T: IdentityTraits>(
    facts: &TraitFacts,
    before: &RawTraits,
    after: &RawTraits,
) -> bool {
    let own = |traits| identifiers::own_value(facts, T::TRAITS, traits);
    let path = TraitPath::new(facts.path.iter().copied());
    let whole = |traits: &RawTraits| traits.value(&path);
    match (own(before), own(after)) {
        // An object with named members comes or goes: they are listed, unless there is none.
        (None, Some(rest)) if is_empty_object(&rest) => whole(after) == Some(rest),
        (Some(rest), None) if is_empty_object(&rest) => whole(before) == Some(rest),
        (before, after) => before != after,
    }
}

/// Drops the problems of members that the schema does not allow and that were stored before: a newer schema of the server
/// may allow them, so that is left to Kratos.
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
