//! Reading and writing traits as a Rust type.
//!
//! Kratos stores traits as they were sent, so a document may contain JSON that serde_json rejects. As in Go, the last of duplicate
//! members is read, and an unpaired surrogate is read as U+FFFD. A value that the type does not accept is a [`Mismatch`]
//! with the path of the value and without the value itself. Members that the type does not name are ignored; a [`Survey`]
//! finds them, so that an update can keep them.

mod access;
mod deserializer;
mod mismatch;
mod survey;
#[cfg(test)]
mod tests;
mod write;

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use self::deserializer::{Notes, Value};
pub(crate) use self::mismatch::Mismatch;
use self::mismatch::Place;
pub(crate) use self::survey::Survey;
pub(crate) use self::write::written;
use super::editing::Editing;
use super::splice::{DEPTH, Members};
use super::tree::{Tree, object_text};

/// Reads a value of the type.
pub(crate) fn read<T: DeserializeOwned>(raw: &RawValue) -> Result<T, Mismatch> {
    read_noting(raw, None).map_err(|mismatch| in_member::<T>(raw, mismatch))
}

fn read_noting<T: DeserializeOwned>(
    raw: &RawValue,
    notes: Option<&RefCell<Notes>>,
) -> Result<T, Mismatch> {
    T::deserialize(Value {
        raw,
        place: &Place::ROOT,
        depth: DEPTH,
        notes,
    })
}

/// Adds the member that causes a mismatch to a mismatch that has only the path of the object.
///
/// serde buffers the members of a struct with a flattened map and does not report which of them the map rejects. So the object
/// is read again with one of its members at a time, in addition to those that the struct requires.
fn in_member<T: DeserializeOwned>(raw: &RawValue, mismatch: Mismatch) -> Mismatch {
    let object = mismatch.path().to_vec();
    let document = only(raw, &object);
    let tree = Tree::read(&document);
    let stored = tree.at(&object).map_or_else(Vec::new, Tree::in_order);
    let read_with = |members: &[(&str, &RawValue)]| {
        let mut editing = Editing::of(&document);
        editing.set(&object, object_text(members)?).ok()?;
        read_noting::<T>(&editing.into_text()?, None).err()
    };
    if let Some(name) = mismatch.missing() {
        // Is it the object itself that lacks the member? Then another error follows when it has the member.
        let mut members: Vec<(&str, &RawValue)> = Vec::with_capacity(stored.len() + 1);
        members.extend(stored.iter().map(|(name, value)| (*name, value.raw())));
        members.push((name, RawValue::NULL));
        if !read_with(&members).is_some_and(|other| mismatch.is_like(&other)) {
            return mismatch;
        }
    }
    let mut required: Vec<(&str, &RawValue)> = Vec::new();
    while let Some(other) = read_with(&required) {
        let missing = other.missing().filter(|_| other.path() == object);
        let member = missing.and_then(|name| stored.iter().find(|(one, _)| *one == name));
        match member {
            Some((name, value)) if required.iter().all(|(one, _)| one != name) => {
                required.push((name, value.raw()));
            }
            _ if mismatch.is_like(&other) => return mismatch,
            _ => break,
        }
    }
    let count = required.len();
    for (name, value) in stored {
        required.truncate(count);
        if required.iter().any(|(one, _)| *one == name) {
            continue;
        }
        required.push((name, value.raw()));
        if read_with(&required).is_some_and(|other| mismatch.is_like(&other)) {
            return mismatch.in_member(name);
        }
    }
    mismatch
}

/// The document without the members beside `path`, down to the first array on the way.
fn only(raw: &RawValue, path: &[String]) -> Box<RawValue> {
    let (mut here, mut text) = (raw, String::new());
    let mut depth = 0;
    for name in path {
        let Some(value) = Members::read(here).and_then(|members| members.get(name)) else {
            break;
        };
        text.push_str(&format!("{{{}:", serde_json::Value::from(&**name)));
        here = value;
        depth += 1;
    }
    text.push_str(here.get());
    text.push_str(&"}".repeat(depth));
    RawValue::from_string(text).unwrap_or_else(|_| raw.to_owned())
}
