//! From a patch and the current traits to a checked, complete document: no I/O.

use std::marker::PhantomData;

use super::{fill, identifiers};
use crate::problem::Problem;
use crate::traits::facts::{IdentityTraits, Role, TraitFacts};
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::update::patch::Patch;

/// A traits document ready to be sent, and what it changes.
#[derive(Clone, Debug)]
pub struct Change<T> {
    traits: RawTraits,
    changed: Vec<&'static TraitFacts>,
    privileged: Vec<(&'static TraitFacts, Role)>,
    of: PhantomData<fn() -> T>,
}

impl<T: IdentityTraits> Change<T> {
    pub(crate) fn new(patch: &Patch<T>, current: &RawTraits) -> Result<Self, Vec<Problem>> {
        let (traits, mut problems) = fill::complete(T::SCHEMA, patch.apply(current)?);
        let touched: Vec<_> = T::TRAITS.iter().filter(|one| touches(patch, one)).collect();
        problems.extend(identifiers::problems(T::TRAITS, &touched, current, &traits));
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut changed = Vec::new();
        let mut privileged = Vec::new();
        for facts in touched.into_iter().filter(|one| is_leaf::<T>(one)) {
            let path = TraitPath::new(facts.path.iter().copied());
            let (before, after) = (current.value(&path), traits.value(&path));
            if before != after {
                changed.push(facts);
                let roles = facts
                    .roles
                    .iter()
                    .copied()
                    .filter(|role| role.is_privileged());
                let moved = roles.filter(|role| {
                    identifiers::normalised(*role, &before)
                        != identifiers::normalised(*role, &after)
                });
                privileged.extend(moved.map(|role| (facts, role)));
            }
        }
        Ok(Self {
            traits,
            changed,
            privileged,
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

    /// The traits whose value becomes another; of an object, its members.
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

/// Whether the patch sets or removes the trait, something in it, or something that holds it.
fn touches<T>(patch: &Patch<T>, facts: &TraitFacts) -> bool {
    patch.paths().any(|path| {
        let pairs = path.segments().iter().zip(facts.path);
        pairs.into_iter().all(|(a, b)| a == b)
    })
}

/// Whether no other trait lies inside it.
fn is_leaf<T: IdentityTraits>(facts: &TraitFacts) -> bool {
    let inside =
        |one: &&TraitFacts| one.path.len() > facts.path.len() && one.path.starts_with(facts.path);
    !T::TRAITS.iter().any(|one| inside(&one))
}
