//! The part of a traits document that a patch is about.

use super::patch::Patch;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

impl<T> Patch<T> {
    /// The values that the patch sets or removes, as they stand in `traits`: a document with these, and
    /// nothing else. An array counts as a whole, for the place of an item means nothing without the others.
    pub(crate) fn seen_in(&self, traits: &RawTraits) -> RawTraits {
        let nothing = RawTraits::empty();
        self.units(traits).iter().fold(nothing, |seen, path| {
            match traits.get(path).map(|value| seen.with(path, value)) {
                Some(Ok(more)) => more,
                _ => seen,
            }
        })
    }

    /// What is compared and merged each for itself: the paths of the patch, cut off at the first array,
    /// without those inside another.
    pub(super) fn units(&self, traits: &RawTraits) -> Vec<TraitPath> {
        let mut all: Vec<TraitPath> = self.paths().map(|path| unit(path, traits)).collect();
        // An object comes before its members.
        all.sort();
        all.dedup_by(|later, kept| later.segments().starts_with(kept.segments()));
        all
    }
}

fn unit(path: &TraitPath, traits: &RawTraits) -> TraitPath {
    let segments = path.segments();
    let prefixes =
        (0..segments.len()).map(|depth| TraitPath::new(segments[..depth].iter().cloned()));
    let mut arrays = prefixes.filter(|prefix| {
        let value = traits.get(prefix);
        value.is_some_and(|value| value.get().starts_with('['))
    });
    arrays.next().unwrap_or_else(|| path.clone())
}
