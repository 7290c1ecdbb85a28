//! Keeps the stored text of every value that an update writes anew but does not change.
//!
//! A typed value knows `1.1` where `1.10` is stored, and has lost the last digits of a long number.

use std::borrow::Cow;

use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Number, Value};

use crate::traits::string::decoded;
use crate::traits::tree::{Inside, Tree, object_text};

/// The text for `new`, with the stored text wherever both say the same; `None` when they do so
/// everywhere.
pub(super) fn kept(stored: &Tree<'_>, new: &Tree<'_>) -> Option<Box<RawValue>> {
    match (&stored.inside, &new.inside) {
        (Inside::Members(_), Inside::Members(_)) => members(stored, new),
        (Inside::Items(stored), Inside::Items(new)) => elements(stored, new),
        _ => (!same(stored.raw(), new.raw())).then(|| new.raw().to_owned()),
    }
}

/// Whether [`kept`] has nothing to write.
pub(super) fn says(stored: &Tree<'_>, new: &Tree<'_>) -> bool {
    match (&stored.inside, &new.inside) {
        (Inside::Members(stored), Inside::Members(new)) => {
            let mut pairs = stored.iter().zip(new);
            stored.len() == new.len()
                && pairs.all(|((a, (_, before)), (b, (_, after)))| a == b && says(before, after))
        }
        (Inside::Items(stored), Inside::Items(new)) => {
            let mut pairs = stored.iter().zip(new);
            stored.len() == new.len() && pairs.all(|(before, after)| says(before, after))
        }
        _ => same(stored.raw(), new.raw()),
    }
}

fn members(stored: &Tree<'_>, new: &Tree<'_>) -> Option<Box<RawValue>> {
    merged(stored, new, |_, before, after| match after {
        Some(after) => kept(before, after).map_or(Fate::Stays, Fate::Becomes),
        None => Fate::Goes,
    })
}

/// What happens to a stored member.
pub(super) enum Fate {
    Stays,
    Becomes(Box<RawValue>),
    Goes,
}

/// An object of the stored members, in their order, and behind them those that are new; `None` when nothing changes.
pub(super) fn merged(
    stored: &Tree<'_>,
    new: &Tree<'_>,
    mut fate: impl FnMut(&str, &Tree<'_>, Option<&Tree<'_>>) -> Fate,
) -> Option<Box<RawValue>> {
    let mut changed = false;
    let mut merged: Vec<(&str, Cow<'_, RawValue>)> = Vec::new();
    for (name, before) in stored.in_order() {
        let fate = fate(name, before, new.get(name));
        changed |= !matches!(fate, Fate::Stays);
        match fate {
            Fate::Stays => merged.push((name, Cow::Borrowed(before.raw()))),
            Fate::Becomes(after) => merged.push((name, Cow::Owned(after))),
            Fate::Goes => {}
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
        let after = kept(before, after);
        changed |= after.is_some();
        merged.push(after.map_or(Cow::Borrowed(before.raw()), Cow::Owned));
    }
    changed.then(|| to_raw_value(&merged).ok())?
}

/// Whether two values say the same of which one is neither object nor array, or too deep to be walked into.
fn same(stored: &RawValue, new: &RawValue) -> bool {
    if stored.get() == new.get() {
        return true;
    }
    if stored.get().starts_with('"') && new.get().starts_with('"') {
        return decoded(stored.get()) == decoded(new.get());
    }
    let read = |raw: &RawValue| serde_json::from_str(raw.get());
    match (read(stored), read(new)) {
        (Ok(Value::Number(before)), Ok(Value::Number(after))) => {
            // What a typed reader would have written for the stored text.
            same_number(&before, &after) || before.to_string() == new.get()
        }
        (Ok(before), Ok(after)) => before == after,
        _ => false,
    }
}

/// A new integer is exact; of a new `f64`, the stored number may have more digits.
fn same_number(stored: &Number, new: &Number) -> bool {
    if stored == new {
        return true;
    }
    let exact = 9_007_199_254_740_992_u64;
    match (stored.is_f64(), new.is_f64()) {
        (false, false) => false,
        (true, false) => {
            let small = new.as_i64().is_some_and(|n| n.unsigned_abs() < exact);
            small && stored.as_f64() == new.as_f64()
        }
        (_, true) => stored.as_f64() == new.as_f64(),
    }
}
