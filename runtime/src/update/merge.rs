//! Three-way merge: an update that was made on traits which are others by now.

use std::collections::BTreeSet;

use serde_json::value::RawValue;

use super::conflict::Conflicted;
use super::hollow::Hollow;
use super::patch::{Action, Patch};
use super::same::same;
use super::unchanged;
use crate::problem::Problem;
use crate::traits::facts::IdentityTraits;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::traits::splice::Members;

/// What is left of an update beside somebody else's.
pub(crate) struct Merged<T> {
    /// The changes that the update really makes, and that nobody else has made otherwise.
    pub(crate) patch: Patch<T>,
    /// The others.
    pub(crate) conflicts: Vec<Conflicted>,
}

impl<T: IdentityTraits> Patch<T> {
    /// Merges the update, made on `base`, with what became of `base` meanwhile.
    ///
    /// Objects are merged member by member, arrays as a whole. A value that the update leaves as it was in
    /// `base` is no change, so somebody else's stays.
    pub(crate) fn merge(
        &self,
        base: &RawTraits,
        current: &RawTraits,
    ) -> Result<Merged<T>, Vec<Problem>> {
        let base = self.seen_in(base);
        let wanted = self.apply(&base)?;
        let mut merging = Merging {
            hollow: Hollow::of(T::SCHEMA),
            merged: Merged {
                patch: Self::new(),
                conflicts: Vec::new(),
            },
        };
        for path in self.units(&base) {
            let (base, ours, theirs) = (base.get(&path), wanted.get(&path), current.get(&path));
            merging.merge(&path, base.as_deref(), ours.as_deref(), theirs.as_deref());
        }
        Ok(merging.merged)
    }
}

impl<T> Merged<T> {
    /// All changes, those in conflict too: they overwrite what somebody else saved.
    pub(crate) fn overwriting(&self) -> Patch<T> {
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
        base: Option<&RawValue>,
        ours: Option<&RawValue>,
        theirs: Option<&RawValue>,
    ) {
        if same(base, ours) || says(ours, theirs) {
            return;
        }
        if self.hollow.alike(path, base, theirs) {
            return put(&mut self.merged.patch, path, ours);
        }
        let [of_base, of_ours, of_theirs] =
            [base, ours, theirs].map(|one| one.and_then(Members::read));
        if let (Some(of_ours), Some(of_theirs)) = (of_ours, of_theirs)
            && of_base.is_some() == base.is_some()
        {
            let in_base = |name: &str| of_base.as_ref().and_then(|members| members.get(name));
            let mut names: BTreeSet<_> = of_ours.iter().map(|(name, _)| name).collect();
            names.extend(of_base.iter().flat_map(Members::iter).map(|(name, _)| name));
            for name in names {
                let path = path.child(&*name);
                self.merge(
                    &path,
                    in_base(&name),
                    of_ours.get(&name),
                    of_theirs.get(&name),
                );
            }
            return;
        }
        self.merged.conflicts.push(Conflicted {
            path: path.clone(),
            base: base.map(ToOwned::to_owned),
            ours: ours.map(ToOwned::to_owned),
            theirs: theirs.map(ToOwned::to_owned),
        });
    }
}

fn put<T>(patch: &mut Patch<T>, path: &TraitPath, value: Option<&RawValue>) {
    let action = value.map_or(Action::Remove, |value| Action::Set(value.to_owned()));
    patch.push(path.clone(), action);
}

/// Whether a new value, written by a typed writer, says what is stored.
fn says(new: Option<&RawValue>, stored: Option<&RawValue>) -> bool {
    match (new, stored) {
        (Some(new), Some(stored)) => unchanged::kept(stored, new).is_none(),
        (new, stored) => new.is_none() && stored.is_none(),
    }
}
