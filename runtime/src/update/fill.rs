//! What Kratos's decoder writes into the traits before it validates them.
//!
//! The settings flow writes `{}` for every absent place of a JSON kind. For an object that is what
//! the schema asks for; for an array it is not, and Kratos refuses its own `{}` ("expected array,
//! but got object", ory/kratos#2360), so an explicit `[]` is sent. Source: `decoderx/http.go` of
//! `ory/x`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

use super::places::{Kind, Places, places};
use crate::check::{Json, Rules};
use crate::problem::Problem;
use crate::traits::facts::Schema;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

/// The document to send, and what Kratos will say of it.
pub(crate) fn complete(schema: &Schema, traits: RawTraits) -> (RawTraits, Vec<Problem>) {
    let Some(rules) = Rules::of(schema) else {
        return (traits, Vec::new());
    };
    let places = places(&rules);
    let sent = sent(&places, traits.clone());
    let mut problems = verdict(&rules, &places, &sent);
    if !problems.is_empty() {
        // Neither what we put in nor what Kratos does is what the update asks for.
        let as_it_stands = rules.judge(&Json::read(traits.raw()));
        let of_filling_in = problems
            .iter_mut()
            .filter(|one| !as_it_stands.contains(one));
        of_filling_in.for_each(Problem::blame_filling_in);
    }
    (sent, problems)
}

/// What Kratos will say of a document.
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

/// The values that Kratos would write over, or fail at: what is no object where one of its places lies
/// in an object. Of `null` nothing is lost.
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

/// Does what Kratos does: `{}` for what is absent, over any scalar on the way to it.
fn fill(here: &mut Json<'_>, path: &[String], kind: Kind) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if kind == Kind::Other || matches!(here, Json::Array(_) | Json::Unjudged) {
        return;
    }
    if !matches!(here, Json::Object(_)) {
        // What stands behind the reference may be filled in, or nothing is.
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
