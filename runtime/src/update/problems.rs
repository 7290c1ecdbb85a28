//! The problems of an update: which it causes itself, and which Kratos judges.

use super::patch::Patch;
use crate::json::Json;
#[cfg(feature = "client")]
use crate::json::path::{PathSet, TraitPath};
#[cfg(feature = "client")]
use crate::kratos::form_decoder;
use crate::kratos::identifiers;
#[cfg(feature = "client")]
use crate::problem::MessageId;
use crate::problem::{Cause, Problem};
use crate::traits::facts::IdentityTraits;
#[cfg(feature = "client")]
use crate::traits::facts::Schema;

/// The problems of a document on the admin API, which inserts nothing.
#[cfg(feature = "client")]
pub(crate) fn as_sent<T: IdentityTraits, A>(
    patch: &Patch<T, A>,
    before: &Json<'_>,
    after: &Json<'_>,
) -> Vec<Problem> {
    let rules = T::schema().rules();
    let problems = rules.map_or_else(Vec::new, |rules| rules.judge(after));
    of_update(problems, patch, before, after)
}

/// The problems of an update: those that the schema reports for the document `after`, and those of identifiers and addresses.
pub(super) fn of_update<T: IdentityTraits, A>(
    mut problems: Vec<Problem>,
    patch: &Patch<T, A>,
    before: &Json<'_>,
    after: &Json<'_>,
) -> Vec<Problem> {
    drop_stored_members(&mut problems, before);
    let touched = patch.touched();
    identifiers::add_problems(T::schema(), &touched, before, after, &mut problems);
    problems
}

/// Drops the problems of stored members that the schema does not allow: a newer schema of the server may allow them, so Kratos
/// judges them.
fn drop_stored_members(problems: &mut Vec<Problem>, before: &Json<'_>) {
    problems.retain(|problem| {
        let object = before.at(problem.path.segments());
        match (problem.cause(), object) {
            (Cause::Undeclared(names), Some(object)) => {
                names.iter().any(|name| object.get(name).is_none())
            }
            _ => true,
        }
    });
}

/// Separates the problems that an update causes from those of the stored document: Kratos does not check stored identities
/// again when a schema changes.
///
/// `current` is the stored document, or `None` when Kratos reported the problems.
#[cfg(feature = "client")]
pub(crate) fn partition<T, A>(
    problems: Vec<Problem>,
    patch: &Patch<T, A>,
    schema: &Schema,
    current: Option<&Json<'_>>,
) -> (Vec<Problem>, Vec<Problem>) {
    let before = current.map(|current| form_decoder::complete(schema, current).1);
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
#[cfg(feature = "client")]
fn rejects_others<T, A>(problem: &Problem, patch: &Patch<T, A>) -> bool {
    let (text, depth) = (&problem.message.text, problem.path.segments().len());
    let names = |path: &TraitPath| {
        let name = path.segments().get(depth);
        name.is_some_and(|name| text.contains(&format!("{name:?}")))
    };
    let inside = |path: &&TraitPath| path.segments().starts_with(problem.path.segments());
    text.starts_with("additionalProperties ") && !patch.paths().filter(inside).any(names)
}

#[cfg(feature = "client")]
fn holds(before: &[Problem], problem: &Problem) -> bool {
    before.iter().any(|one| {
        // The update does not change the type of a value that holds the traits it sets.
        let same_type = one.message.id == MessageId::TYPE && problem.message.id == MessageId::TYPE;
        one.path == problem.path && (same_type || one.message == problem.message)
    })
}
