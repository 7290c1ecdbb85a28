//! The values that Kratos's form decoder fills in before it validates the traits.
//!
//! The settings flow inserts `{}` for every absent object or array. For an array, Kratos then rejects its own
//! `{}` ("expected array, but got object", ory/kratos#2360), so an explicit `[]` is sent.
//!
//! Source: `decoderx/http.go` of `ory/x`.

use std::collections::BTreeSet;

use serde_json::value::RawValue;

use super::form_paths::{FormPath, FormPaths, Kind, form_paths};
use crate::check::Rules;
use crate::json::path::TraitPath;
use crate::json::{Json, Kind as JsonKind, Members};
use crate::problem::Problem;
use crate::traits::facts::Schema;
use crate::traits::raw::RawTraits;
#[cfg(feature = "client")]
use crate::traits::tree::{Tree, member, names};
#[cfg(feature = "client")]
use crate::update::equality::json_eq;

/// The document to send, and the problems that Kratos will report.
pub(crate) fn complete(schema: &Schema, traits: RawTraits) -> (RawTraits, Vec<Problem>) {
    let Some(rules) = schema.rules() else {
        return (traits, Vec::new());
    };
    let paths = form_paths(rules);
    let sent = with_required_values(&paths, traits.clone());
    let mut problems = decoded_problems(rules, &paths, &sent);
    if !problems.is_empty() {
        // A problem that the document does not have by itself is one of a filled-in value.
        let own = rules.judge(&traits.json());
        let filled_in = problems.iter_mut().filter(|one| !own.contains(one));
        filled_in.for_each(Problem::blame_filling_in);
    }
    (sent, problems)
}

/// The problems that Kratos will report for a document that is sent.
fn decoded_problems(rules: &Rules<'_>, paths: &FormPaths, traits: &RawTraits) -> Vec<Problem> {
    let mut decoded = traits.json();
    let overwritten = overwritten(&decoded, paths);
    for (path, FormPath { kind, .. }) in paths {
        fill_in(&mut decoded, path, *kind);
    }
    let mut problems = rules.judge(&decoded);
    problems.extend(overwritten.into_iter().map(Problem::written_over));
    problems
}

/// The values that Kratos would overwrite or fail at: those that are not an object although Kratos inserts a
/// member into them. Overwriting `null` loses nothing.
fn overwritten(traits: &Json<'_>, paths: &FormPaths) -> BTreeSet<TraitPath> {
    let inserts = |kind| matches!(kind, Kind::Object | Kind::Array);
    let mut found = BTreeSet::new();
    for (path, _) in paths.iter().filter(|(_, one)| inserts(one.kind)) {
        for depth in 0..path.len() {
            let here = traits.at(&path[..depth]).map(Json::kind);
            if traits.at(&path[..=depth]).is_some() {
                continue;
            }
            let is_safe = matches!(
                here,
                Some(JsonKind::Object(_) | JsonKind::Null | JsonKind::Opaque)
            );
            if !is_safe {
                found.insert(TraitPath::new(path[..depth].iter().cloned()));
            }
            break;
        }
    }
    found
}

/// Adds `[]` for absent arrays, and `{}` for absent objects that are required.
fn with_required_values(paths: &FormPaths, mut traits: RawTraits) -> RawTraits {
    for (path, form_path) in paths.iter().filter(|(_, one)| one.always) {
        let empty = match form_path.kind {
            Kind::Array => "[]",
            Kind::Object if form_path.required && holder_is_object(path, &traits) => "{}",
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

fn holder_is_object(path: &[String], traits: &RawTraits) -> bool {
    let holder = path.split_last().map_or(path, |(_, holder)| holder);
    let holder = traits.get(&TraitPath::new(holder.iter().cloned()));
    holder.is_some_and(|holder| holder.get().starts_with('{'))
}

/// Inserts as Kratos does: `{}` for an absent value, overwriting any scalar on the way to it.
fn fill_in(document: &mut Json<'_>, path: &[String], kind: Kind) {
    if kind == Kind::Other {
        return;
    }
    // It is unknown whether Kratos inserts a value where the reference leads to another document.
    let inserted = || match kind {
        Kind::Unknown => Json::new(JsonKind::Opaque),
        _ => Json::new(JsonKind::Object(Members::default())),
    };
    for depth in 0..path.len() {
        match document.at(&path[..depth]).map(Json::kind) {
            Some(JsonKind::Array(_) | JsonKind::Opaque) => return,
            Some(JsonKind::Object(_)) => {}
            // Cannot fail: the value is there, or the object that holds it is.
            _ => {
                let _ = document.set(&path[..depth], inserted());
            }
        }
    }
    if document.at(path).is_none() {
        let _ = document.set(path, inserted());
    }
}

/// The paths at which an empty value means the same as an absent one: Kratos's decoder, or [`complete`], added it.
#[cfg(feature = "client")]
pub(crate) struct FilledIn(FormPaths);

#[cfg(feature = "client")]
impl FilledIn {
    pub(crate) fn of(schema: &Schema) -> Self {
        Self(schema.rules().map_or_else(FormPaths::new, form_paths))
    }

    /// Whether the value is absent, or means the same as an absent one.
    pub(crate) fn is_absent(&self, path: &TraitPath, value: Option<&Tree<'_>>) -> bool {
        let Some(value) = value else {
            return true;
        };
        if value.text() == "null" {
            return self.adds_object(path);
        }
        if value.text().starts_with('[') {
            let form_path = self.0.get(path.segments());
            return form_path.is_some_and(|one| one.kind == Kind::Array)
                && value.text()[1..].trim_start() == "]";
        }
        let Some(members) = value.members() else {
            return false;
        };
        self.adds_object(path)
            && (members.iter())
                .all(|(name, (_, member))| self.is_absent(&path.child(&**name), Some(member)))
    }

    /// Whether two stored values are equal apart from filled-in values.
    pub(crate) fn equal(
        &self,
        path: &TraitPath,
        a: Option<&Tree<'_>>,
        b: Option<&Tree<'_>>,
    ) -> bool {
        if let Some(names) = names(a, b) {
            return (names.into_iter())
                .all(|name| self.equal(&path.child(name), member(a, name), member(b, name)));
        }
        json_eq(a, b) || self.is_absent(path, a) && self.is_absent(path, b)
    }

    /// Whether an empty object, or an object that holds an empty one, is added at the path.
    fn adds_object(&self, path: &TraitPath) -> bool {
        let path = path.segments();
        let from_here = self.0.range(path.to_vec()..);
        from_here
            .take_while(|(inner, _)| inner.starts_with(path))
            .any(|(inner, form_path)| match form_path.kind {
                Kind::Object | Kind::Unknown => true,
                Kind::Array => inner.len() > path.len(),
                Kind::Other => false,
            })
    }
}
