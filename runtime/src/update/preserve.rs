//! Keeps the stored text of every value that does not change.
//!
//! A typed value is written as `1.1` where `1.10` is stored, and without the last digits of a long number.

use std::borrow::Cow;

use serde_json::value::{RawValue, to_raw_value};

use super::equality::typed_eq;
use crate::traits::tree::{Inside, Tree, object_text};

/// The text of `new`, with the stored text of every value that is equal; `None` if all are equal.
pub(super) fn preserve_text(stored: &Tree<'_>, new: &Tree<'_>) -> Option<Box<RawValue>> {
    match (&stored.inside, &new.inside) {
        (Inside::Members(_), Inside::Members(_)) => members(stored, new),
        (Inside::Items(stored), Inside::Items(new)) => elements(stored, new),
        _ => (!typed_eq(stored, new)).then(|| new.raw().to_owned()),
    }
}

fn members(stored: &Tree<'_>, new: &Tree<'_>) -> Option<Box<RawValue>> {
    merged(stored, new, |_, before, after| match after {
        Some(after) => preserve_text(before, after).map_or(Fate::Kept, Fate::Replaced),
        None => Fate::Removed,
    })
}

/// The change of a stored member.
pub(super) enum Fate {
    Kept,
    Replaced(Box<RawValue>),
    Removed,
}

/// The text of an object with the stored members in their order and then the new ones; `None` when nothing changes.
pub(super) fn merged(
    stored: &Tree<'_>,
    new: &Tree<'_>,
    mut fate: impl FnMut(&str, &Tree<'_>, Option<&Tree<'_>>) -> Fate,
) -> Option<Box<RawValue>> {
    let mut changed = false;
    let mut merged: Vec<(&str, Cow<'_, RawValue>)> = Vec::new();
    for (name, before) in stored.in_order() {
        let fate = fate(name, before, new.get(name));
        changed |= !matches!(fate, Fate::Kept);
        match fate {
            Fate::Kept => merged.push((name, Cow::Borrowed(before.raw()))),
            Fate::Replaced(after) => merged.push((name, Cow::Owned(after))),
            Fate::Removed => {}
        }
    }
    let of_new = new.in_order().into_iter();
    for (name, value) in of_new.filter(|(name, _)| stored.get(name).is_none()) {
        changed = true;
        merged.push((name, Cow::Borrowed(value.raw())));
    }
    changed.then(|| object_text(&merged))?
}

fn elements(stored: &[Tree<'_>], new: &[Tree<'_>]) -> Option<Box<RawValue>> {
    let mut changed = stored.len() != new.len();
    let mut merged: Vec<Cow<'_, RawValue>> = Vec::with_capacity(new.len());
    for (position, after) in new.iter().enumerate() {
        let Some(before) = stored.get(position) else {
            merged.push(Cow::Borrowed(after.raw()));
            continue;
        };
        let after = preserve_text(before, after);
        changed |= after.is_some();
        merged.push(after.map_or(Cow::Borrowed(before.raw()), Cow::Owned));
    }
    changed.then(|| to_raw_value(&merged).ok())?
}
