//! Writing a value of a Rust type.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::traits::splice::{DEPTH, Members, items};

/// The JSON text of a value; `None` when it has none.
///
/// A struct writes its own members first, and then those of a flattened map: a name that stands in both is that of the
/// struct's own member.
pub(crate) fn written<V: Serialize + ?Sized>(value: &V) -> Option<Box<RawValue>> {
    let text = to_raw_value(value).ok()?;
    Some(once(&text, DEPTH).unwrap_or(text))
}

/// The same without the later ones of members that stand twice; `None` when there are none.
fn once(raw: &RawValue, depth: usize) -> Option<Box<RawValue>> {
    let depth = depth.checked_sub(1)?;
    let text = raw.get();
    if !text.contains('{') {
        return None;
    }
    let mut changed = false;
    let mut part = |out: &mut String, raw: &RawValue| {
        let other = once(raw, depth);
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
        let (members, mut names, mut all) = (Members::read(raw)?, HashSet::new(), 0);
        for (key, name, value) in members.with_keys() {
            all += 1;
            if names.insert(name) {
                out.push(if names.len() == 1 { '{' } else { ',' });
                out.push_str(key);
                out.push(':');
                part(&mut out, value);
            }
        }
        out.push('}');
        changed |= names.len() < all;
    }
    changed.then(|| RawValue::from_string(out).ok())?
}
