//! Three-way merge: an update that was made on traits which are others by now.

use serde_json::value::RawValue;

use super::conflict::Conflicted;
use super::hollow::Hollow;
use super::patch::{Action, Patch};
use super::same::same;
use super::unchanged;
use crate::problem::Problem;
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Privileged;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::traits::tree::{Tree, member, names};

/// What is left of an update beside somebody else's.
pub(crate) struct Merged<T> {
    /// The changes that the update really makes, and that nobody else has made otherwise.
    pub(crate) patch: Patch<T, Privileged>,
    /// The others.
    pub(crate) conflicts: Vec<Conflicted>,
}

impl<T: IdentityTraits, A> Patch<T, A> {
    /// Merges the update, made on `base`, with what became of `base` meanwhile.
    ///
    /// Objects are merged member by member, arrays as a whole. A value that the update leaves as it was in
    /// `base` is no change, so somebody else's stays.
    pub(crate) fn merge(
        &self,
        base: &RawTraits,
        current: &RawTraits,
    ) -> Result<Merged<T>, Vec<Problem>> {
        let patch = self.made_on(base);
        let base = patch.seen_in(base);
        let wanted = patch.apply(&base)?;
        let mut merging = Merging {
            hollow: Hollow::of(T::SCHEMA),
            merged: Merged {
                patch: Patch::privileged(),
                conflicts: Vec::new(),
            },
        };
        let mut documents = [&base, &wanted, current].map(RawTraits::edit);
        for path in patch.units(&base) {
            let values = documents.each_mut().map(|one| one.get(path.segments()));
            let [base, ours, theirs] = values.map(|value| value.map(Tree::read));
            merging.merge(&path, base.as_ref(), ours.as_ref(), theirs.as_ref());
        }
        Ok(merging.merged)
    }
}

impl<T> Merged<T> {
    /// All changes, those in conflict too: they overwrite what somebody else saved.
    pub(crate) fn overwriting(&self) -> Patch<T, Privileged> {
        let mut patch = self.patch.clone();
        for one in &self.conflicts {
            put(&mut patch, &one.path, one.ours.as_deref());
        }
        patch
    }
}

struct Merging<T> {
    hollow: Hollow,
    merged: Merged<T>,
}

impl<T> Merging<T> {
    fn merge(
        &mut self,
        path: &TraitPath,
        base: Option<&Tree<'_>>,
        ours: Option<&Tree<'_>>,
        theirs: Option<&Tree<'_>>,
    ) {
        if same(base, ours) || says(ours, theirs) {
            return;
        }
        if self.hollow.alike(path, base, theirs) {
            return put(&mut self.merged.patch, path, ours.map(Tree::raw));
        }
        let is_object = |one: &Tree<'_>| one.members().is_some();
        if theirs.is_some_and(is_object)
            && let Some(names) = names(ours, base.or(ours))
        {
            for name in names {
                self.merge(
                    &path.child(name),
                    member(base, name),
                    member(ours, name),
                    member(theirs, name),
                );
            }
            return;
        }
        self.merged.conflicts.push(Conflicted {
            path: path.clone(),
            base: base.map(|one| one.raw().to_owned()),
            ours: ours.map(|one| one.raw().to_owned()),
            theirs: theirs.map(|one| one.raw().to_owned()),
        });
    }
}

fn put<T>(patch: &mut Patch<T, Privileged>, path: &TraitPath, value: Option<&RawValue>) {
    // What of the stored value stays has been put into this one.
    let action = value.map_or(Action::Remove, |value| Action::Replace(value.to_owned()));
    patch.push(path.clone(), action);
}

/// Whether a new value, written by a typed writer, says what is stored.
fn says(new: Option<&Tree<'_>>, stored: Option<&Tree<'_>>) -> bool {
    match (new, stored) {
        (Some(new), Some(stored)) => unchanged::says(stored, new),
        (new, stored) => new.is_none() && stored.is_none(),
    }
}
