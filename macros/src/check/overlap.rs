//! Two fields for one trait.

use super::Pair;
use crate::errors::Errors;
use crate::facts::{Facts, written};
use crate::visible::visible;

pub(super) fn check(pair: &Pair<'_>, others: &[Pair<'_>], facts: &Facts, errors: &mut Errors) {
    let (Some(path), Some(touched)) = (pair.field.target.path(), pair.target.facts()) else {
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
    let (same, path, theirs) = (
        path == theirs,
        visible(&written(path)),
        visible(&written(theirs)),
    );
    let note = facts.note(touched);
    errors.on(
        &pair.field.named_by,
        if same {
            format!("`{path}` is already changed by the field `{field}`\n\n{note}")
        } else {
            format!(
                "`{path}` and `{theirs}` of the field `{field}` lie inside each other\n\n\
                 help: change the one or the other\n{note}"
            )
        },
    );
}
