//! Finds the target of a field.

use super::{Target, unknown};
use crate::errors::Errors;
use crate::table::{Companion, Kind, Trait, written};
use crate::updater::{self, Field};
use crate::visible::visible;

pub(super) fn find(field: &Field, table: &Companion, errors: &mut Errors) -> Option<Target> {
    let path = match &field.target {
        updater::Target::Flattened(word) => return Some(Target::Flattened(*word)),
        updater::Target::Trait(path) | updater::Target::Nested(path, _) => path,
    };
    let found = match table.get(path) {
        Some(found) => Target::Trait(found),
        None => match item(path, table) {
            Some((array, position)) => Target::Item(array, position),
            None => {
                unknown::report(field, path, table, errors);
                return None;
            }
        },
    };
    match (&field.target, found) {
        (updater::Target::Nested(..), Target::Trait(object)) if is_struct(&object, table) => {
            Some(Target::Nested(object))
        }
        (updater::Target::Nested(_, word), found) => {
            let path = visible(&written(path));
            let note = found.changed().map(|found| table.note(found));
            let note = note.unwrap_or_default();
            let message = format!(
                "`{path}` is not an object with named members\n\nhelp: remove `nested`, and give the field the value\n{note}"
            );
            errors.at(*word, message);
            None
        }
        (_, found) => Some(found),
    }
}

/// The item of an array that the path ends in: `emails.0`.
pub(super) fn item(path: &[String], table: &Companion) -> Option<(Trait, usize)> {
    let (last, array) = path.split_last()?;
    // Only the spelling of Kratos is a position: `00` and `+0` are names.
    let position = last.parse::<usize>().ok()?;
    if position.to_string() != *last {
        return None;
    }
    let array = table.get(array)?;
    (array.row.kind == Kind::Array).then_some((array, position))
}

/// Whether the object is a generated struct, and so can have updaters.
pub(super) fn is_struct(object: &Trait, table: &Companion) -> bool {
    object.row.kind.is_object() && table.names_members_of(&object.row.path)
}
