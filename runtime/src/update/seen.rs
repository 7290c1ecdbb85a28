//! The part of a traits document that a patch is about.

use super::patch::Patch;
use crate::traits::editing::Editing;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

impl<T, A> Patch<T, A> {
    /// The values that the patch sets or removes, as they stand in `traits`: a document with these, and
    /// nothing else. An array counts as a whole, for the place of an item means nothing without the others.
    pub(crate) fn seen_in(&self, traits: &RawTraits) -> RawTraits {
        let nothing = RawTraits::empty();
        let (mut seen, mut all) = (nothing.edit(), traits.edit());
        for path in self.units(traits) {
            if let Some(value) = all.get(path.segments()) {
                // Nothing else stands there yet.
                let _ = seen.set(path.segments(), value.to_owned());
            }
        }
        nothing.edited(seen)
    }

    /// What is compared and merged each for itself: the paths of the patch, cut off at the first array,
    /// without those inside another.
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
