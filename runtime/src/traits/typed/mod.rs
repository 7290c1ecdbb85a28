//! Reading and writing traits as a Rust type.
//!
//! Kratos stores traits as they were sent, so a document may contain JSON that serde_json rejects. As in Go, the last of duplicate
//! members is read, and an unpaired surrogate is read as U+FFFD. A value that the type does not accept is a [`Mismatch`]
//! with the path of the value and without the value itself. Members that the type does not name are ignored; a [`Survey`]
//! finds them, so that an update can keep them.

mod deserializer;
mod mismatch;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};

use self::deserializer::{Notes, Value};
pub(crate) use self::mismatch::Mismatch;
use self::mismatch::Place;
use crate::json::{Json, Kind};

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

/// The members of a stored document that its type names.
pub(crate) struct Survey {
    /// The members that the type does not name.
    unnamed: BTreeSet<Vec<String>>,
    /// The values for which it is unknown which of their members the type names.
    unknown: Vec<Vec<String>>,
    /// The JSON text that the type writes for the document.
    pub(crate) rewritten: Option<Box<RawValue>>,
}

impl Survey {
    /// Surveys a whole document; `None` if it does not fit the type.
    pub(crate) fn of<T: DeserializeOwned + Serialize>(json: &Json<'_>) -> Option<Self> {
        let notes = RefCell::default();
        let value: T = read_noting(json, Some(&notes)).ok()?;
        let rewritten = written(&value)?;
        let Notes {
            ignored: mut unnamed,
            buffered,
        } = notes.into_inner();
        if !buffered.is_empty() {
            // In a buffered value, the type names the members that it writes again.
            let rewritten = Json::read(&rewritten);
            for mut place in buffered {
                if let Some(stored) = json.at(&place) {
                    let rewritten = rewritten.at(&place);
                    left_out(stored, rewritten, &mut place, &mut unnamed);
                }
            }
        }
        Some(Self {
            unnamed,
            unknown: Vec::new(),
            rewritten: Some(rewritten),
        })
    }

    /// Surveys the value at `path` of a document that does not fit the type elsewhere.
    pub(crate) fn at<T: DeserializeOwned>(json: &Json<'_>, path: &[String]) -> Self {
        let notes = RefCell::default();
        let read = read_noting::<T>(&only(json, path), Some(&notes));
        // Sibling members may be missing: that is reported only after all members have been read.
        let is_read = read.err().is_none_or(|mismatch| {
            let place = mismatch.path();
            mismatch.missing().is_some() && place.len() < path.len() && path.starts_with(place)
        });
        let Notes { ignored, buffered } = notes.into_inner();
        let mut unknown = buffered;
        if !is_read {
            unknown.push(path.to_vec());
        }
        Self {
            unnamed: ignored,
            unknown,
            rewritten: None,
        }
    }

    /// Whether the type is known to name the member at a path.
    pub(crate) fn names(&self, place: &[String]) -> bool {
        !self.ignores(place) && !self.is_unknown(place)
    }

    /// Whether the type is known to ignore the member at a path.
    pub(crate) fn ignores(&self, place: &[String]) -> bool {
        (1..=place.len()).any(|depth| self.unnamed.contains(&place[..depth]))
    }

    /// Whether it is unknown if the type names the member at a path.
    pub(crate) fn is_unknown(&self, place: &[String]) -> bool {
        let mut unknown = self.unknown.iter();
        unknown.any(|one| one.len() < place.len() && place.starts_with(one))
    }

    /// All members that the type does not name.
    #[cfg(test)]
    fn unnamed(&self) -> impl Iterator<Item = &Vec<String>> {
        self.unnamed.iter()
    }
}

/// Adds the members of a stored value that the type does not write again.
fn left_out(
    stored: &Json<'_>,
    rewritten: Option<&Json<'_>>,
    place: &mut Vec<String>,
    unnamed: &mut BTreeSet<Vec<String>>,
) {
    let mut inside = |name: String, stored: &Json<'_>, rewritten: Option<&Json<'_>>| {
        place.push(name);
        if rewritten.is_some() {
            left_out(stored, rewritten, place, unnamed);
        } else {
            unnamed.insert(place.clone());
        }
        place.pop();
    };
    match (stored.kind(), rewritten.map(Json::kind)) {
        (Kind::Object(members), None | Some(Kind::Object(_))) => {
            for (name, member) in members.iter() {
                let rewritten = rewritten.and_then(|rewritten| rewritten.get(name));
                inside(name.to_owned(), member, rewritten);
            }
        }
        (Kind::Array(items), Some(Kind::Array(rewritten))) => {
            for (position, (item, rewritten)) in items.iter().zip(rewritten).enumerate() {
                inside(position.to_string(), item, Some(rewritten));
            }
        }
        _ => {}
    }
}
