//! What settings for more take part in, where settings for less leave room.

use std::collections::BTreeMap;

/// What is set once: theirs, where ours is not set.
pub(super) fn one<T: Clone>(ours: &mut Option<T>, theirs: &Option<T>) {
    if ours.is_none() {
        ours.clone_from(theirs);
    }
}

/// What is set by name: theirs, of the names that ours do not have.
pub(super) fn each<T: Clone>(ours: &mut BTreeMap<String, T>, theirs: &BTreeMap<String, T>) {
    for (name, setting) in theirs {
        let slot = ours.entry(name.clone());
        slot.or_insert_with(|| setting.clone());
    }
}

/// What adds up: theirs behind ours.
pub(super) fn all<T: Clone>(ours: &mut Vec<T>, theirs: &[T]) {
    ours.extend_from_slice(theirs);
}
