//! Keeps the stored text of every value that an update writes anew but does not change.
//!
//! A typed value knows `1.1` where `1.10` is stored, and has lost the last digits of a long number.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Number, Value};

use crate::traits::splice::{Members, items};

/// The text for `new`, with the stored text wherever both say the same; `None` when they do so
/// everywhere.
pub(super) fn kept(stored: &RawValue, new: &RawValue) -> Option<Box<RawValue>> {
    if let (Some(stored), Some(new)) = (Members::read(stored), Members::read(new)) {
        return members(&stored, &new);
    }
    if let (Some(stored), Some(new)) = (items(stored), items(new)) {
        return elements(&stored, &new);
    }
    (!same(stored, new)).then(|| new.to_owned())
}

/// In the stored order; what is new comes last.
fn members(stored: &Members<'_>, new: &Members<'_>) -> Option<Box<RawValue>> {
    let mut changed = false;
    let mut rest: BTreeMap<_, _> = new.iter().enumerate().map(by_name).collect();
    let mut merged: Vec<(Cow<'_, str>, Box<RawValue>)> = Vec::new();
    for (name, before) in stored.iter() {
        match rest.remove(&name) {
            Some((_, after)) => {
                let after = kept(before, after);
                changed |= after.is_some();
                merged.push((name, after.unwrap_or_else(|| before.to_owned())));
            }
            None => changed = true,
        }
    }
    changed |= !rest.is_empty();
    let mut rest: Vec<_> = rest.into_iter().collect();
    rest.sort_by_key(|(_, (position, _))| *position);
    merged.extend(
        rest.into_iter()
            .map(|(name, (_, value))| (name, value.to_owned())),
    );
    changed.then(|| to_raw_value(&Object(merged)).ok())?
}

fn by_name<'a>(
    (position, (name, value)): (usize, (Cow<'a, str>, &'a RawValue)),
) -> (Cow<'a, str>, (usize, &'a RawValue)) {
    (name, (position, value))
}

/// Members to be written in this order.
struct Object<'a>(Vec<(Cow<'a, str>, Box<RawValue>)>);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

fn elements(stored: &[&RawValue], new: &[&RawValue]) -> Option<Box<RawValue>> {
    let mut changed = stored.len() != new.len();
    let mut merged: Vec<Box<RawValue>> = Vec::with_capacity(new.len());
    for (position, after) in new.iter().enumerate() {
        let Some(before) = stored.get(position) else {
            merged.push((*after).to_owned());
            continue;
        };
        let after = kept(before, after);
        changed |= after.is_some();
        merged.push(after.unwrap_or_else(|| (*before).to_owned()));
    }
    changed.then(|| to_raw_value(&merged).ok())?
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
