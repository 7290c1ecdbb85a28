//! Reports two fields that change one trait.

use super::Pair;
use crate::errors::Errors;
use crate::table::{Companion, written};
use crate::visible::visible;

pub(super) fn check(pair: &Pair<'_>, others: &[Pair<'_>], table: &Companion, errors: &mut Errors) {
    let (Some(path), Some(changed)) = (pair.field.target.path(), pair.target.changed()) else {
        return;
    };
    let other = others.iter().find_map(|other| {
        let theirs = other.field.target.path()?;
        let overlap = theirs.starts_with(path) || path.starts_with(theirs);
        overlap.then_some((other, theirs))
    });
    let Some((other, theirs)) = other else {
        return;
    };
    let field = &other.field.ident;
    let is_same = path == theirs;
    let [path, theirs] = [path, theirs].map(|path| visible(&written(path)));
    let note = table.note(changed);
    errors.on(
        &pair.field.named_by,
        if is_same {
            format!("`{path}` is already changed by the field `{field}`\n\n{note}")
        } else {
            format!(
                "`{path}` and `{theirs}` of the field `{field}` overlap: one lies inside the other\n\n\
                 help: change one of them\n{note}"
            )
        },
    );
}
