//! Writing a value of a Rust type.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::traits::splice::{DEPTH, Members, items};

/// The JSON text of a value; `None` if it cannot be written as JSON.
///
/// A struct writes its own fields first, and then the entries of a flattened map. Of duplicate members the first is kept:
/// the field of the struct.
pub(crate) fn written<V: Serialize + ?Sized>(value: &V) -> Option<Box<RawValue>> {
    let text = to_raw_value(value).ok()?;
    Some(without_duplicates(&text, DEPTH).unwrap_or(text))
}

/// The text with the first of duplicate members only; `None` when there are no duplicates.
fn without_duplicates(raw: &RawValue, depth: usize) -> Option<Box<RawValue>> {
    let depth = depth.checked_sub(1)?;
    let text = raw.get();
    if !text.contains('{') {
        return None;
    }
    let mut changed = false;
    let mut part = |out: &mut String, raw: &RawValue| {
        let other = without_duplicates(raw, depth);
        changed |= other.is_some();
        out.push_str(other.as_deref().unwrap_or(raw).get());
    };
    let mut out = String::with_capacity(text.len());
    if let Some(items) = items(raw) {
        for (position, item) in items.into_iter().enumerate() {
            out.push(if position == 0 { '[' } else { ',' });
            part(&mut out, item);
        }
        out.push(']');
    } else {
        let members = Members::read(raw)?;
        let (mut names, mut count) = (HashSet::new(), 0);
        for (key, name, value) in members.with_keys() {
            count += 1;
            if names.insert(name) {
                out.push(if names.len() == 1 { '{' } else { ',' });
                out.push_str(key);
                out.push(':');
                part(&mut out, value);
            }
        }
        out.push('}');
        changed |= names.len() < count;
    }
    changed.then(|| RawValue::from_string(out).ok())?
}
