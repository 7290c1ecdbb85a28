//! Keeps the stored text of every value that an update writes anew but does not change.
//!
//! A typed value knows `1.1` where `1.10` is stored, and has lost the last digits of a long number.

use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Number, Value};

use crate::traits::raw::{Members, items};

/// The text for `new`, with the stored text wherever both say the same; `None` when they do so
/// everywhere.
pub(super) fn kept(stored: &RawValue, new: &RawValue) -> Option<Box<RawValue>> {
    if let (Some(stored), Some(new)) = (Members::read(stored), Members::read(new)) {
        return members(stored, new);
    }
    if let (Some(stored), Some(new)) = (items(stored), items(new)) {
        return elements(stored, new);
    }
    (!same(stored, new)).then(|| new.to_owned())
}

/// In the stored order; what is new comes last.
fn members(stored: Members, mut new: Members) -> Option<Box<RawValue>> {
    let mut changed = false;
    let mut merged = Members(Vec::new());
    for (name, before) in stored.0 {
        let Some(position) = new.position(&name) else {
            changed = true;
            continue;
        };
        let after = kept(&before, &new.0.remove(position).1);
        changed |= after.is_some();
        merged.0.push((name, after.unwrap_or(before)));
    }
    changed |= !new.0.is_empty();
    merged.0.append(&mut new.0);
    changed.then(|| merged.write())?
}

fn elements(stored: Vec<Box<RawValue>>, mut new: Vec<Box<RawValue>>) -> Option<Box<RawValue>> {
    let mut changed = stored.len() != new.len();
    for (before, after) in stored.into_iter().zip(&mut new) {
        let merged = kept(&before, after);
        changed |= merged.is_some();
        *after = merged.unwrap_or(before);
    }
    changed.then(|| to_raw_value(&new).ok())?
}

/// Whether two values that are neither objects nor arrays say the same.
fn same(stored: &RawValue, new: &RawValue) -> bool {
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
