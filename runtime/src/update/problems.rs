//! The problems that stop an update before it is sent.
//!
//! An update is sent although the stored traits break the schema elsewhere, and although it breaks a rule of an object around a
//! changed place: the schema of the server may be newer than that of the application, so Kratos judges. What stops an update are
//! problems at or in the places that it changes.

use super::patch::Patch;
use super::places::ChangedPlaces;
use crate::json::Json;
use crate::kratos::identifiers;
use crate::problem::{Cause, Problem};
use crate::traits::facts::{IdentityTraits, Schema};

/// The problems of the document as it is.
pub(super) fn plain_verdict(schema: &Schema, traits: &Json<'_>) -> Vec<Problem> {
    let rules = schema.rules();
    rules.map_or_else(Vec::new, |rules| rules.judge(traits))
}

/// The problems that stop an update on the admin API.
#[cfg(feature = "client")]
pub(crate) fn stopping_on_admin<T: IdentityTraits, A>(
    patch: &Patch<T, A>,
    before: &Json<'_>,
    after: &Json<'_>,
) -> Vec<Problem> {
    let verdict = plain_verdict(T::schema(), after);
    stopping(verdict, patch, before, after)
}

/// The problems that stop an update, among those that the schema reports for the document `after` and those of identifiers and
/// addresses.
pub(super) fn stopping<T: IdentityTraits, A>(
    mut verdict: Vec<Problem>,
    patch: &Patch<T, A>,
    before: &Json<'_>,
    after: &Json<'_>,
) -> Vec<Problem> {
    let places = ChangedPlaces::of(before, after);
    let mut of_stored = None;
    verdict.retain(|problem| {
        let mut is_lost = || {
            // If the stored value breaks our schema, the schema of the server is another one, and may not overwrite it.
            let of_stored = of_stored.get_or_insert_with(|| plain_verdict(T::schema(), before));
            problem.cause() == &Cause::Overwritten
                && !of_stored.iter().any(|one| one.path == problem.path)
        };
        places.contains(problem.path.segments()) || is_lost()
    });
    let touched = patch.touched();
    identifiers::add_problems(T::schema(), &touched, before, after, &mut verdict);
    verdict
}
