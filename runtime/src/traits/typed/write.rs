//! Writing a value of a Rust type.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::collected::collected;
use crate::traits::editing::Editing;
use crate::traits::facts::TraitFacts;
use crate::traits::path::TraitPath;
use crate::traits::splice::{DEPTH, Members, items};

/// The JSON text of a value; `None` when it has none.
///
/// A struct writes its own members first, and then those of a flattened map: a name that stands in both is that of the
/// struct's own member.
pub(crate) fn written<V: Serialize + ?Sized>(value: &V) -> Option<Box<RawValue>> {
    let text = to_raw_value(value).ok()?;
    Some(once(&text, DEPTH).unwrap_or(text))
}

/// The JSON text of the trait at `path`. What a flattened map of it holds under the name of a trait is not written, not
/// even where the field of that trait is `None`.
pub(crate) fn written_at<V: Serialize + ?Sized>(
    value: &V,
    path: &TraitPath,
    facts: &[TraitFacts],
) -> Option<Box<RawValue>> {
    let text = written(value)?;
    if !text.get().starts_with('{') {
        return Some(text);
    }
    let collected = collected(value).into_iter();
    let mut of_traits = collected.filter(|inside| {
        let place = path.segments().iter().chain(inside);
        facts.iter().any(|one| place.clone().eq(one.path))
    });
    let Some(first) = of_traits.next() else {
        return Some(text);
    };
    let mut editing = Editing::from(text);
    for inside in std::iter::once(first).chain(of_traits) {
        editing.remove(&inside).ok()?;
    }
    editing.into_text()
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
