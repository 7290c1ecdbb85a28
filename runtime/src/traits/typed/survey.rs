//! What of a stored document its Rust type names.

use std::collections::BTreeSet;
use std::ops::Bound::{Excluded, Unbounded};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::value::Reading;
use super::{read_as, written};
use crate::traits::tree::{Inside, Tree};

/// Which members of a document the type names, and which it reads past.
pub(crate) struct Survey {
    unnamed: BTreeSet<Vec<String>>,
    /// The places of which nobody knows what the type names in them.
    unsure: Vec<Vec<String>>,
    /// What the type writes of what it has read, where it does not name all members.
    pub(crate) rewritten: Option<Box<RawValue>>,
}

/// Whether a type names a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// It sets or removes it.
    Yes,
    /// It reads past it.
    No,
    /// The document could not be read there.
    Unsure,
}

impl Survey {
    /// Reads a whole document; `None` when it does not fit the type.
    pub(crate) fn of<T: DeserializeOwned + Serialize>(raw: &RawValue) -> Option<Self> {
        let reading = Reading {
            recording: true,
            ..Reading::default()
        };
        let value: T = read_as(raw, &reading, &[]).ok()?;
        let mut unnamed = reading.unnamed.into_inner();
        let mut unsure = reading.collected.into_inner();
        let names_all = unnamed.is_empty() && unsure.is_empty();
        let rewritten = if names_all { None } else { written(&value) };
        if !unsure.is_empty()
            && let Some(rewritten) = &rewritten
        {
            // What the type took as it is it may have read later on: then it writes what it names.
            let (stored, rewritten) = (Tree::read(raw), Tree::read(rewritten));
            for place in std::mem::take(&mut unsure) {
                match (stored.at(&place), rewritten.at(&place)) {
                    (Some(stored), Some(rewritten)) => {
                        left_out(stored, rewritten, &place, &mut unnamed);
                    }
                    _ => unsure.push(place),
                }
            }
        }
        Some(Self {
            unnamed,
            unsure,
            rewritten,
        })
    }

    /// Reads no more of a document than the value at `path`, for whatever else does not fit the type.
    pub(crate) fn at<T: DeserializeOwned>(raw: &RawValue, path: &[String]) -> Self {
        let reading = Reading {
            recording: true,
            ..Reading::default()
        };
        // Members beside the value will be missing; that is no matter once it has been read.
        let whole = read_as::<T>(raw, &reading, path);
        let read = match path {
            [] => whole.is_ok(),
            _ => reading.reached.get(),
        };
        let mut unsure = reading.collected.into_inner();
        if !read {
            unsure.push(path.to_vec());
        }
        Self {
            unnamed: reading.unnamed.into_inner(),
            unsure,
            rewritten: None,
        }
    }

    /// Whether the type names the member at this place.
    pub(crate) fn names(&self, place: &[String]) -> Named {
        if (1..=place.len()).any(|depth| self.unnamed.contains(&place[..depth])) {
            Named::No
        } else if (self.unsure.iter()).any(|one| one.len() < place.len() && place.starts_with(one))
        {
            Named::Unsure
        } else {
            Named::Yes
        }
    }

    /// The members in this place that the type does not name.
    pub(crate) fn unnamed_in(&self, place: &[String]) -> impl Iterator<Item = &Vec<String>> {
        let range = (Excluded(place), Unbounded);
        let behind = self.unnamed.range::<[String], _>(range);
        behind.take_while(move |one| one.starts_with(place))
    }

    /// Whether all that the type names in this place is known.
    pub(crate) fn is_sure_in(&self, place: &[String]) -> bool {
        let mut unsure = self.unsure.iter();
        !unsure.any(|one| one.starts_with(place) || place.starts_with(one))
    }
}

/// Notes the members that a type does not write though it has read the object.
fn left_out(
    stored: &Tree<'_>,
    rewritten: &Tree<'_>,
    place: &[String],
    unnamed: &mut BTreeSet<Vec<String>>,
) {
    let inside = |name: &str| [place, &[name.to_owned()]].concat();
    match (&stored.inside, &rewritten.inside) {
        (Inside::Members(members), Inside::Members(_)) => {
            for (name, (_, member)) in members {
                match rewritten.get(name) {
                    Some(rewritten) => left_out(member, rewritten, &inside(name), unnamed),
                    None => {
                        unnamed.insert(inside(name));
                    }
                }
            }
        }
        (Inside::Items(stored), Inside::Items(rewritten)) => {
            for (position, (stored, rewritten)) in stored.iter().zip(rewritten).enumerate() {
                left_out(stored, rewritten, &inside(&position.to_string()), unnamed);
            }
        }
        _ => {}
    }
}
