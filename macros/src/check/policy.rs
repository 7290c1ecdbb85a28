//! Reports traits that no updater may change.

use super::{Pair, Target};
use crate::errors::Errors;
use crate::table::{Companion, Trait};

/// Reports a trait that the generator's settings deny, changed itself or with the object that holds it.
pub(super) fn is_denied(pair: &Pair<'_>, table: &Companion, errors: &mut Errors) -> bool {
    let Some(changed) = pair.target.changed() else {
        return false;
    };
    let Some(denied) = denied(changed, pair.whole().is_some(), table) else {
        return false;
    };
    let (path, note) = (denied.shown_path(), table.note(&denied));
    errors.on(
        &pair.field.named_by,
        format!(
            "`{path}` may not be changed by updaters: the generator's settings deny it\n\n\
             help: if people may change it, take it out of `deny` or name it in `allow`; for your operators, generate the schema \
             a second time, under another name, without the denial\n{note}"
        ),
    );
    true
}

/// The denied trait that a change of this trait would change. An updater of an object is checked against the table of that object.
fn denied(changed: &Trait, as_a_whole: bool, table: &Companion) -> Option<Trait> {
    let path = &changed.row.path;
    let mut touched = table.holders(path);
    touched.extend(table.get(path));
    if as_a_whole {
        touched.extend(table.inside(path));
    }
    touched.into_iter().find(|one| one.row.denied)
}

/// Reports an identifier that may be null: Kratos turns null into the identifier `%!s(<nil>)`.
pub(super) fn nullable_identifier(pair: &Pair<'_>, table: &Companion, errors: &mut Errors) {
    let Target::Trait(changed) = &pair.target else {
        return;
    };
    let mut roles = changed.row.roles.iter();
    if changed.row.is_nullable_identifier()
        && let Some(role) = roles.find(|role| role.is_identifier())
    {
        let (path, note) = (changed.shown_path(), table.note(changed));
        errors.on(
            &pair.field.named_by,
            format!(
                "`{path}` may be null and is {role}: Kratos would make the identifier `%!s(<nil>)` of a null\n\n\
                 help: take `null` out of its `type` in the schema\n{note}"
            ),
        );
    }
}
