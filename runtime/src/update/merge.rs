//! Three-way merge of an update with changes that another client has saved since.

use std::fmt;

use serde_json::value::RawValue;

use super::equality::{json_eq, typed_eq};
use super::patch::{Action, Patch};
use crate::json::path::TraitPath;
use crate::kratos::form_decoder::FilledIn;
use crate::problem::Problem;
use crate::traits::editing::Editing;
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Privileged;
use crate::traits::raw::RawTraits;
use crate::traits::tree::{Tree, member, names};

/// A trait that the update changes and that another client has meanwhile changed to another value.
///
/// A value is `None` where the trait is absent. `Debug` shows the path only.
#[derive(Clone)]
#[non_exhaustive]
pub struct TraitConflict {
    /// The trait, or the member of an object, that both changed.
    pub path: TraitPath,
    /// The value that the update is based on.
    pub base: Option<Box<RawValue>>,
    /// The value that the update asks for.
    pub ours: Option<Box<RawValue>>,
    /// The value that is stored now.
    pub theirs: Option<Box<RawValue>>,
}

impl fmt::Debug for TraitConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TraitConflict")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// An update after the merge.
pub(crate) struct Merged<T> {
    /// The changes that are not in conflict.
    pub(crate) patch: Patch<T, Privileged>,
    /// The changes that are in conflict.
    pub(crate) conflicts: Vec<TraitConflict>,
}

impl<T: IdentityTraits, A> Patch<T, A> {
    /// Merges the update, made on `base`, with the traits that are stored now.
    ///
    /// Objects are merged member by member, arrays as a whole. A value that is the same as in `base` is
    /// not a change, so the value of the other client stays.
    pub(crate) fn merge(
        &self,
        base: &RawTraits,
        current: &RawTraits,
    ) -> Result<Merged<T>, Vec<Problem>> {
        let patch = self.made_on(base);
        let base = patch.project(base);
        let wanted = patch.apply(&base)?;
        let mut merging = Merging {
            filled_in: FilledIn::of(T::schema()),
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
    /// All changes. Those in conflict overwrite what the other client saved.
    pub(crate) fn overwriting(&self) -> Patch<T, Privileged> {
        let mut patch = self.patch.clone();
        for one in &self.conflicts {
            put(&mut patch, &one.path, one.ours.as_deref());
        }
        patch
    }
}

struct Merging<T> {
    filled_in: FilledIn,
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
        if json_eq(base, ours) || is_stored(ours, theirs) {
            return;
        }
        if self.filled_in.equal(path, base, theirs) {
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
        self.merged.conflicts.push(TraitConflict {
            path: path.clone(),
            base: base.map(|one| one.raw().to_owned()),
            ours: ours.map(|one| one.raw().to_owned()),
            theirs: theirs.map(|one| one.raw().to_owned()),
        });
    }
}

fn put<T>(patch: &mut Patch<T, Privileged>, path: &TraitPath, value: Option<&RawValue>) {
    // The value already contains the members to keep.
    let action = value.map_or(Action::Remove, |value| Action::Replace(value.to_owned()));
    patch.push(path.clone(), action);
}

/// Whether the new value is stored already.
fn is_stored(new: Option<&Tree<'_>>, stored: Option<&Tree<'_>>) -> bool {
    match (new, stored) {
        (Some(new), Some(stored)) => typed_eq(stored, new),
        (new, stored) => new.is_none() && stored.is_none(),
    }
}

impl<T, A> Patch<T, A> {
    /// A document with the values of `traits` that the patch sets or removes, and nothing else. An array is one value: the
    /// position of an item is meaningless without the other items.
    pub(crate) fn project(&self, traits: &RawTraits) -> RawTraits {
        let nothing = RawTraits::empty();
        let (mut seen, mut all) = (nothing.edit(), traits.edit());
        for path in self.units(traits) {
            if let Some(value) = all.get(path.segments()) {
                // Cannot fail: no other value is on the path.
                let _ = seen.set(path.segments(), value.to_owned());
            }
        }
        nothing.edited(seen)
    }

    /// The paths that are compared and merged one by one: those of the patch, cut off at the first array, without those
    /// inside another.
    pub(super) fn units(&self, traits: &RawTraits) -> Vec<TraitPath> {
        let mut traits = traits.edit();
        let units = self.paths().map(|path| unit(path, &mut traits));
        let mut all: Vec<TraitPath> = units.collect();
        // An object comes before its members.
        all.sort();
        all.dedup_by(|later, kept| later.segments().starts_with(kept.segments()));
        all
    }
}

fn unit(path: &TraitPath, traits: &mut Editing) -> TraitPath {
    let segments = path.segments();
    let mut depths = 0..segments.len();
    let array = depths.find(|depth| {
        let value = traits.get(&segments[..*depth]);
        value.is_some_and(|value| value.get().starts_with('['))
    });
    path.above(array.unwrap_or(segments.len()))
}
