//! Which members of a stored document its Rust type names.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::deserializer::Notes;
use super::{only, read_noting, written};
use crate::json::{Json, Kind};

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
    pub(super) fn unnamed(&self) -> impl Iterator<Item = &Vec<String>> {
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
