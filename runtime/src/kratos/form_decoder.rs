//! The values that Kratos's form decoder fills in before it validates the traits.
//!
//! The settings flow inserts `{}` for every absent object or array. For an array, Kratos then rejects its own
//! `{}` ("expected array, but got object", ory/kratos#2360), so an explicit `[]` is sent.
//!
//! Source: K-decoder-2 to K-decoder-8, `decoderx/http.go` of `ory/x`.

use std::collections::{BTreeSet, HashSet};

use super::form_paths::{FormPath, FormPaths, Kind, form_paths};
use crate::check::Rules;
use crate::json::path::TraitPath;
use crate::json::{Json, Kind as JsonKind, Members};
#[cfg(feature = "client")]
use crate::json::{json_eq, names};
#[cfg(feature = "client")]
use crate::problem::MessageId;
use crate::problem::Problem;
use crate::traits::facts::Schema;

/// A document that is ready to be sent to the settings flow.
pub(crate) struct Completed<'a> {
    /// The document with the values that Kratos requires or would fill in wrongly.
    pub(crate) sent: Json<'a>,
    /// The document without the arrays among these values, and the topmost places of those arrays; `None` if there are none.
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the submit"))]
    pub(crate) without_arrays: Option<(Json<'a>, Vec<Vec<String>>)>,
    /// The problems that Kratos will report.
    pub(crate) problems: Vec<Problem>,
}

/// Adds `[]` for absent arrays, and `{}` for absent objects that are required.
pub(crate) fn complete<'a>(schema: &Schema, traits: &Json<'a>) -> Completed<'a> {
    let mut sent = traits.clone();
    let Some(rules) = schema.rules() else {
        return Completed {
            sent,
            without_arrays: None,
            problems: Vec::new(),
        };
    };
    let paths = form_paths(rules);
    add_required_values(&paths, Kind::Object, &mut sent);
    let without_arrays = sent.clone();
    let arrays = add_required_values(&paths, Kind::Array, &mut sent);
    // The objects that are required beside the new arrays.
    add_required_values(&paths, Kind::Object, &mut sent);
    let mut problems = decoded_problems(rules, &paths, &sent);
    if !problems.is_empty() {
        // A problem that the document does not have by itself is one of a filled-in value.
        let own = rules.judge(traits);
        let key = |one: &Problem| (one.path.clone(), one.message.text.clone());
        let own: HashSet<_> = own.iter().map(key).collect();
        let filled_in = problems.iter_mut().filter(|one| !own.contains(&key(one)));
        filled_in.for_each(Problem::blame_filling_in);
    }
    Completed {
        sent,
        without_arrays: (!arrays.is_empty()).then_some((without_arrays, arrays)),
        problems,
    }
}

/// The problems that Kratos will report for a document that is sent.
fn decoded_problems(rules: &Rules<'_>, paths: &FormPaths, sent: &Json<'_>) -> Vec<Problem> {
    let mut decoded = sent.clone();
    for (path, FormPath { kind, .. }) in paths {
        fill_in(&mut decoded, path, *kind);
    }
    let mut problems = rules.judge(&decoded);
    let overwritten = overwritten(sent, paths).into_iter();
    problems.extend(overwritten.map(Problem::written_over));
    problems
}

/// Adds the absent values of a kind that always belong to the traits: every array, and every object that is required. Returns the
/// topmost places of the new values.
fn add_required_values(paths: &FormPaths, kind: Kind, traits: &mut Json<'_>) -> Vec<Vec<String>> {
    let mut added = Vec::new();
    for (path, form_path) in paths
        .iter()
        .filter(|(_, one)| one.always && one.kind == kind)
    {
        let holder = &path[..path.len().saturating_sub(1)];
        let has_holder = traits.at(holder).and_then(Json::members).is_some();
        let empty = match kind {
            Kind::Array => Json::array([]),
            Kind::Object if form_path.required && has_holder => empty_object(),
            _ => continue,
        };
        let mut depths = 1..=path.len();
        if let Some(depth) = depths.find(|depth| traits.at(&path[..*depth]).is_none())
            // Fails if a stored value cannot hold it; Kratos rejects that value.
            && traits.set(path, empty).is_ok()
        {
            added.push(path[..depth].to_vec());
        }
    }
    added
}

/// The values that Kratos would overwrite or fail at: those that are not an object although Kratos inserts a
/// member into them. Overwriting `null` loses nothing.
fn overwritten(traits: &Json<'_>, paths: &FormPaths) -> BTreeSet<TraitPath> {
    let inserts = |kind| matches!(kind, Kind::Object | Kind::Array);
    let mut found = BTreeSet::new();
    for (path, _) in paths.iter().filter(|(_, one)| inserts(one.kind)) {
        let mut depths = 1..=path.len();
        let absent = depths.find(|depth| traits.at(&path[..*depth]).is_none());
        let Some(holder) = absent.map(|depth| &path[..depth - 1]) else {
            continue;
        };
        let is_safe = |kind: &JsonKind<'_>| {
            matches!(
                kind,
                JsonKind::Object(_) | JsonKind::Null | JsonKind::Opaque
            )
        };
        if !traits.at(holder).map(Json::kind).is_some_and(is_safe) {
            found.insert(TraitPath::new(holder));
        }
    }
    found
}

/// Inserts `{}` for an absent value as Kratos does, overwriting any scalar on the way to it.
fn fill_in(document: &mut Json<'_>, path: &[String], kind: Kind) {
    // It is unknown whether Kratos inserts a value if the reference leads to another document.
    let inserted = || match kind {
        Kind::Unknown => Json::new(JsonKind::Opaque),
        _ => empty_object(),
    };
    if kind == Kind::Other {
        return;
    }
    for depth in 0..=path.len() {
        let here = &path[..depth];
        match document.at(here).map(Json::kind) {
            Some(JsonKind::Object(_)) => {}
            Some(JsonKind::Array(_) | JsonKind::Opaque) => return,
            Some(_) if depth == path.len() => return,
            // Cannot fail: the holder is an object.
            _ => drop(document.set(here, inserted())),
        }
    }
}

fn empty_object<'a>() -> Json<'a> {
    Json::new(JsonKind::Object(Members::default()))
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
    pub(crate) fn is_absent(&self, path: &TraitPath, value: Option<&Json<'_>>) -> bool {
        match value.map(Json::kind) {
            None => true,
            Some(JsonKind::Null) => self.adds_object(path),
            Some(JsonKind::Array(items)) => {
                let form_path = self.0.get(path.segments());
                items.is_empty() && form_path.is_some_and(|one| one.kind == Kind::Array)
            }
            Some(JsonKind::Object(members)) => {
                let mut members = members.sorted();
                self.adds_object(path)
                    && members.all(|(name, member)| self.is_absent(&path.child(name), Some(member)))
            }
            Some(_) => false,
        }
    }

    /// Whether the problem is at or in an absent object or array that is filled in.
    pub(crate) fn holds(&self, problem: &Problem, document: &Json<'_>) -> bool {
        let path = problem.path.segments();
        let judged = match problem.message.id {
            // The problem is about the object that lacks the member.
            MessageId::REQUIRED => path.len().saturating_sub(1),
            _ => path.len(),
        };
        let mut depths = 1..=judged;
        depths.any(|depth| {
            let is_array = || {
                let form_path = self.0.get(&path[..depth]);
                form_path.is_some_and(|one| one.kind == Kind::Array)
            };
            document.at(&path[..depth]).is_none()
                && (is_array() || self.adds_object(&problem.path.above(depth)))
        })
    }

    /// Whether two stored values are equal apart from filled-in values.
    pub(crate) fn equal(
        &self,
        path: &TraitPath,
        a: Option<&Json<'_>>,
        b: Option<&Json<'_>>,
    ) -> bool {
        if let Some(names) = names(a, b) {
            return names.into_iter().all(|name| {
                let [a, b] = [a, b].map(|one| one.and_then(|one| one.get(name)));
                self.equal(&path.child(name), a, b)
            });
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
