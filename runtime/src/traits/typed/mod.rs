//! Reading and writing traits as a Rust type.
//!
//! Kratos stores traits as they were sent, so a document may contain JSON that serde_json rejects. As in Go, the last of duplicate
//! members is read, and an unpaired surrogate is read as U+FFFD. A value that the type does not accept is a [`Mismatch`]
//! with the path of the value and without the value itself. Members that the type does not name are ignored; a [`Survey`]
//! finds them, so that an update can keep them.

mod deserializer;
mod mismatch;
mod survey;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};

use self::deserializer::{Notes, Value};
pub(crate) use self::mismatch::Mismatch;
use self::mismatch::Place;
pub(crate) use self::survey::Survey;
use crate::json::Json;

/// Reads a value of the type.
pub(crate) fn read<T: DeserializeOwned>(json: &Json<'_>) -> Result<T, Mismatch> {
    read_noting(json, None).map_err(|mismatch| in_member::<T>(json, mismatch))
}

fn read_noting<T: DeserializeOwned>(
    json: &Json<'_>,
    notes: Option<&RefCell<Notes>>,
) -> Result<T, Mismatch> {
    let document = Value {
        json,
        place: &Place::ROOT,
        notes,
    };
    document.read(PhantomData)
}

/// Adds the member that causes a mismatch to a mismatch that has only the path of the object.
///
/// serde buffers the members of a struct with a flattened map and does not report which of them the map rejects. So the object
/// is read again with one of its members at a time, in addition to those that the struct requires.
fn in_member<T: DeserializeOwned>(json: &Json<'_>, mismatch: Mismatch) -> Mismatch {
    let object = mismatch.path().to_vec();
    let stored = json.at(&object).and_then(Json::members);
    let stored: Vec<(&str, &Json<'_>)> = stored.map_or_else(Vec::new, |all| all.iter().collect());
    let mut around = only(json, &object);
    if around.set(&object, Json::null()).is_err() {
        return mismatch;
    }
    let read_with = |members: &[(&str, &Json<'_>)]| {
        let members = members
            .iter()
            .map(|(name, value)| (*name, (*value).clone()));
        let mut document = around.clone();
        document.set(&object, Json::object(members)).ok()?;
        read_noting::<T>(&document, None).err()
    };
    let null = Json::null();
    if let Some(name) = mismatch.missing() {
        // Is it the object itself that lacks the member? Then another error follows when it has the member.
        let mut members = stored.clone();
        members.push((name, &null));
        if !read_with(&members).is_some_and(|other| mismatch.is_like(&other)) {
            return mismatch;
        }
    }
    let mut required: Vec<(&str, &Json<'_>)> = Vec::new();
    while let Some(other) = read_with(&required) {
        let missing = other.missing().filter(|_| other.path() == object);
        let member = missing.and_then(|name| stored.iter().find(|(one, _)| *one == name));
        match member {
            Some(member) if required.iter().all(|(one, _)| *one != member.0) => {
                required.push(*member);
            }
            _ if mismatch.is_like(&other) => return mismatch,
            _ => break,
        }
    }
    let count = required.len();
    for member in &stored {
        required.truncate(count);
        if required.iter().any(|(one, _)| *one == member.0) {
            continue;
        }
        required.push(*member);
        if read_with(&required).is_some_and(|other| mismatch.is_like(&other)) {
            return mismatch.in_member(member.0);
        }
    }
    mismatch
}

/// The document without the members beside `path`, down to the first array on the way.
fn only<'a>(json: &Json<'a>, path: &[String]) -> Json<'a> {
    let inside = path.split_first().and_then(|(name, rest)| {
        let inside = only(json.get(name)?, rest);
        Some(Json::object([(name.clone(), inside)]))
    });
    inside.unwrap_or_else(|| json.clone())
}

/// The JSON text of a value; `None` if it cannot be written as JSON.
///
/// A struct writes its own fields first, and then the entries of a flattened map. Of duplicate members the first is kept:
/// the field of the struct.
pub(crate) fn written<V: Serialize + ?Sized>(value: &V) -> Option<Box<RawValue>> {
    let text = to_raw_value(value).ok()?;
    let mut json = Json::read(&text);
    if json.keep_first_members() {
        return Some(json.to_raw());
    }
    Some(text)
}
