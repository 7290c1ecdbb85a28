//! Problems of what is stored, told apart from those of what an update asks for.

use super::fill;
use super::patch::Patch;
use crate::problem::{MessageId, Problem};
use crate::traits::facts::Schema;
use crate::traits::path::TraitPath;
use crate::traits::places::PlaceSet;
use crate::traits::raw::RawTraits;

/// The problems of an update, and after them those that the stored document has without it: Kratos
/// does not check stored identities again when a schema changes.
///
/// `current` is the stored document where the problems are from our own check.
pub(crate) fn told_apart<T, A>(
    problems: Vec<Problem>,
    patch: &Patch<T, A>,
    schema: &Schema,
    current: Option<&RawTraits>,
) -> (Vec<Problem>, Vec<Problem>) {
    let before = current.map(|current| fill::complete(schema, current.clone()).1);
    let named = PlaceSet::of(patch.paths());
    problems.into_iter().partition(|problem| {
        let was_there = before.as_ref().map(|before| holds(before, problem));
        match relation(&named, &problem.path) {
            Relation::Named => true,
            Relation::Holder => !was_there.unwrap_or(false),
            // Of a problem that only Kratos found, nobody knows whether it was there before.
            Relation::Apart => !was_there.unwrap_or(true),
        }
    })
}

fn holds(before: &[Problem], problem: &Problem) -> bool {
    before.iter().any(|one| {
        // An update changes nothing of the type of what holds the traits that it names.
        let same_type = one.message.id == MessageId::TYPE && problem.message.id == MessageId::TYPE;
        one.path == problem.path && (same_type || one.message == problem.message)
    })
}

/// How a place stands to the traits that a patch names.
enum Relation {
    /// It is one of them, or in one.
    Named,
    /// It holds one of them.
    Holder,
    /// Neither.
    Apart,
}

fn relation(named: &PlaceSet<'_>, place: &TraitPath) -> Relation {
    if named.hold(place) {
        Relation::Named
    } else if named.lie_in(place) {
        Relation::Holder
    } else {
        Relation::Apart
    }
}
