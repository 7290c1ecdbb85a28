//! Three-way merge of an update with changes that another client has saved since.

use std::fmt;

use serde_json::value::RawValue;

use super::patch::{Action, Patch};
use crate::json::path::TraitPath;
use crate::json::{Json, Kind, Members, json_eq, names, typed_eq};
use crate::kratos::form_decoder::FilledIn;
use crate::problem::Problem;
use crate::traits::facts::{IdentityTraits, Schema};
use crate::traits::marker::Privileged;

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
        base: &Json<'_>,
        current: &Json<'_>,
    ) -> Result<Merged<T>, Vec<Problem>> {
        let patch = self.made_on(base);
        let base = patch.project(base);
        let wanted = patch.apply(&base)?;
        let mut merging = Merging {
            schema: T::schema(),
            filled_in: FilledIn::of(T::schema()),
            merged: Merged {
                patch: Patch::privileged(),
                conflicts: Vec::new(),
            },
        };
        for path in patch.units(&base) {
            let values = [&base, &wanted, current].map(|document| document.at(path.segments()));
            merging.merge(&path, values);
        }
        Ok(merging.merged)
    }
}

impl<T> Merged<T> {
    /// All changes. Those in conflict overwrite what the other client saved.
    pub(crate) fn overwriting(&self) -> Patch<T, Privileged> {
        let mut patch = self.patch.clone();
        for one in &self.conflicts {
            put(&mut patch, &one.path, one.ours.clone());
        }
        patch
    }
}

struct Merging<T> {
    schema: &'static Schema,
    filled_in: FilledIn,
    merged: Merged<T>,
}

impl<T> Merging<T> {
    fn merge(&mut self, path: &TraitPath, [base, ours, theirs]: [Option<&Json<'_>>; 3]) {
        if json_eq(base, ours) || is_stored(ours, theirs) {
            return;
        }
        if self.filled_in.equal(path, base, theirs) {
            return put(&mut self.merged.patch, path, ours.map(Json::to_raw));
        }
        if theirs.is_some_and(|theirs| theirs.members().is_some())
            && let Some(names) = names(ours, base.or(ours))
        {
            for name in names {
                let members = [base, ours, theirs].map(|one| one.and_then(|one| one.get(name)));
                self.merge(&self.schema.member(path, name), members);
            }
            return;
        }
        let raw = |one: Option<&Json<'_>>| one.map(Json::to_raw);
        self.merged.conflicts.push(TraitConflict {
            path: path.clone(),
            base: raw(base),
            ours: raw(ours),
            theirs: raw(theirs),
        });
    }
}

/// Sets or removes a value.
fn put<T>(patch: &mut Patch<T, Privileged>, path: &TraitPath, value: Option<Box<RawValue>>) {
    // The value already contains the members to keep.
    patch.push(path.clone(), value.map_or(Action::Remove, Action::Replace));
}

/// Whether the new value is stored already.
fn is_stored(new: Option<&Json<'_>>, stored: Option<&Json<'_>>) -> bool {
    match (new, stored) {
        (Some(new), Some(stored)) => typed_eq(stored, new),
        (new, stored) => new.is_none() && stored.is_none(),
    }
}

impl<T, A> Patch<T, A> {
    /// A document with the values of `traits` that the patch sets or removes, and nothing else. An array is one value: the
    /// position of an item is meaningless without the other items.
    pub(crate) fn project<'a>(&self, traits: &Json<'a>) -> Json<'a> {
        let mut projected = Json::new(Kind::Object(Members::default()));
        for path in self.units(traits) {
            if let Some(value) = traits.at(path.segments()) {
                // Cannot fail: no other value is on the path.
                let _ = projected.set(path.segments(), value.clone());
            }
        }
        projected
    }

    /// The paths that are compared and merged one by one: those of the patch, cut off at the first array, without those
    /// inside another.
    pub(super) fn units(&self, traits: &Json<'_>) -> Vec<TraitPath> {
        let mut units: Vec<TraitPath> = self.paths().map(|path| unit(path, traits)).collect();
        // An object comes before its members.
        units.sort();
        units.dedup_by(|later, kept| later.segments().starts_with(kept.segments()));
        units
    }
}

fn unit(path: &TraitPath, traits: &Json<'_>) -> TraitPath {
    let segments = path.segments();
    let mut depths = 0..segments.len();
    let is_array = |depth: &usize| {
        let value = traits.at(&segments[..*depth]);
        value.is_some_and(|value| value.items().is_some())
    };
    path.above(depths.find(is_array).unwrap_or(segments.len()))
}
