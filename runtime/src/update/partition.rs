//! Separates the problems that an update causes from those of the stored document.

use super::fill;
use super::patch::Patch;
use crate::json::path::{PathSet, TraitPath};
use crate::problem::{MessageId, Problem};
use crate::traits::facts::Schema;
use crate::traits::raw::RawTraits;

/// Separates the problems that an update causes from those of the stored document: Kratos does not check stored identities
/// again when a schema changes.
///
/// `current` is the stored document, or `None` when Kratos reported the problems.
pub(crate) fn partition<T, A>(
    problems: Vec<Problem>,
    patch: &Patch<T, A>,
    schema: &Schema,
    current: Option<&RawTraits>,
) -> (Vec<Problem>, Vec<Problem>) {
    let before = current.map(|current| fill::complete(schema, current.clone()).1);
    let named = PathSet::of(patch.paths());
    problems.into_iter().partition(|problem| {
        let was_stored = before.as_ref().map(|before| holds(before, problem));
        if named.covers(&problem.path) {
            true
        } else if named.reaches_into(&problem.path) {
            !was_stored.unwrap_or_else(|| rejects_others(problem, patch))
        } else {
            // A problem elsewhere that only Kratos found counts as one of the stored document.
            !was_stored.unwrap_or(true)
        }
    })
}

/// Whether Kratos rejects members of an object that are not declared, none of which the patch names.
///
/// Source: the text of `additionalProperties` in `ory/jsonschema`; the messages of the settings flow have no other sign of it.
fn rejects_others<T, A>(problem: &Problem, patch: &Patch<T, A>) -> bool {
    let (text, depth) = (&problem.message.text, problem.path.segments().len());
    let names = |path: &TraitPath| {
        let name = path.segments().get(depth);
        name.is_some_and(|name| text.contains(&format!("{name:?}")))
    };
    let inside = |path: &&TraitPath| path.segments().starts_with(problem.path.segments());
    text.starts_with("additionalProperties ") && !patch.paths().filter(inside).any(names)
}

fn holds(before: &[Problem], problem: &Problem) -> bool {
    before.iter().any(|one| {
        // The update does not change the type of a value that holds the traits it sets.
        let same_type = one.message.id == MessageId::TYPE && problem.message.id == MessageId::TYPE;
        one.path == problem.path && (same_type || one.message == problem.message)
    })
}
