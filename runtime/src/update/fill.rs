//! The values that Kratos's decoder inserts into the traits before it validates them.
//!
//! The settings flow inserts `{}` for every absent object or array. For an array, Kratos then rejects its own
//! `{}` ("expected array, but got object", ory/kratos#2360), so an explicit `[]` is sent. Source: `decoderx/http.go` of
//! `ory/x`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

use super::places::{Kind, Places, places};
use crate::check::{Json, Rules};
use crate::json::path::TraitPath;
use crate::problem::Problem;
use crate::traits::facts::Schema;
use crate::traits::raw::RawTraits;

/// The document to send, and the problems that Kratos will report.
pub(crate) fn complete(schema: &Schema, traits: RawTraits) -> (RawTraits, Vec<Problem>) {
    let Some(rules) = Rules::of(schema) else {
        return (traits, Vec::new());
    };
    let places = places(&rules);
    let sent = sent(&places, traits.clone());
    let mut problems = verdict(&rules, &places, &sent);
    if !problems.is_empty() {
        // Problems of inserted values are not caused by the update itself.
        let as_it_stands = rules.judge(&Json::read(traits.raw()));
        let of_filling_in = problems
            .iter_mut()
            .filter(|one| !as_it_stands.contains(one));
        of_filling_in.for_each(Problem::blame_filling_in);
    }
    (sent, problems)
}

/// The problems that Kratos will report for a document.
fn verdict(rules: &Rules<'_>, places: &Places, traits: &RawTraits) -> Vec<Problem> {
    let mut decoded = Json::read(traits.raw());
    let written_over = written_over(&decoded, places);
    for (path, place) in places {
        fill(&mut decoded, path, place.kind);
    }
    let mut problems = rules.judge(&decoded);
    problems.extend(written_over.into_iter().map(Problem::written_over));
    problems
}

/// The values that Kratos would overwrite or fail at: those that are not an object although Kratos inserts a
/// member into them. Overwriting `null` loses nothing.
fn written_over(traits: &Json<'_>, places: &Places) -> BTreeSet<TraitPath> {
    let kinds = [Kind::Object, Kind::Array];
    let places = places
        .iter()
        .filter(|(_, place)| kinds.contains(&place.kind));
    let mut found = BTreeSet::new();
    for (path, _) in places {
        let mut here = traits;
        for (depth, name) in path.iter().enumerate() {
            let inside = match here {
                Json::Object(members) => members.get(name),
                Json::Array(items) => name.parse().ok().and_then(|at: usize| items.get(at)),
                _ => None,
            };
            match (inside, here) {
                (Some(inside), _) => here = inside,
                (None, Json::Object(_) | Json::Null | Json::Unjudged) => break,
                (None, _) => {
                    found.insert(TraitPath::new(path[..depth].iter().cloned()));
                    break;
                }
            }
        }
    }
    found
}

/// Adds `[]` for absent arrays, and `{}` for absent objects that are required.
fn sent(places: &Places, mut traits: RawTraits) -> RawTraits {
    for (path, place) in places.iter().filter(|(_, place)| place.always) {
        let empty = match place.kind {
            Kind::Array => "[]",
            Kind::Object if place.required && holder_stands(path, &traits) => "{}",
            _ => continue,
        };
        let path = TraitPath::new(path.iter().cloned());
        if traits.get(&path).is_none()
            && let Ok(empty) = RawValue::from_string(empty.to_owned())
        {
            traits = traits.with(&path, empty).unwrap_or(traits);
        }
    }
    traits
}

fn holder_stands(path: &[String], traits: &RawTraits) -> bool {
    let holder = path.split_last().map_or(path, |(_, holder)| holder);
    let holder = traits.get(&TraitPath::new(holder.iter().cloned()));
    holder.is_some_and(|holder| holder.get().starts_with('{'))
}

/// Inserts as Kratos does: `{}` for an absent value, overwriting any scalar on the way to it.
fn fill(here: &mut Json<'_>, path: &[String], kind: Kind) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if kind == Kind::Other || matches!(here, Json::Array(_) | Json::Unjudged) {
        return;
    }
    if !matches!(here, Json::Object(_)) {
        // It is unknown whether Kratos inserts a value, because the reference leads to another document.
        *here = match kind {
            Kind::Unknown => Json::Unjudged,
            _ => Json::Object(BTreeMap::new()),
        };
    }
    if let Json::Object(members) = here {
        let member = members.entry(first.clone()).or_insert_with(|| match kind {
            Kind::Unknown => Json::Unjudged,
            _ => Json::Object(BTreeMap::new()),
        });
        fill(member, rest, kind);
    }
}
