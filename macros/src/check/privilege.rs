//! Reports changes of identifiers and addresses in a struct without `privileged`.

use super::Pair;
use crate::errors::Errors;
use crate::table::{Companion, Role, Trait};
use crate::updater::StructAttributes;

/// The message for a `privileged` that no field needs.
pub(crate) const UNUSED_PRIVILEGED: &str = "no field of this struct changes an identifier or an address\n\n\
     help: remove `privileged`";

/// Why a change can need a fresh login.
pub(crate) struct Reason {
    /// The trait and its role.
    text: String,
    note: String,
}

pub(super) fn check(attributes: &StructAttributes, pairs: &[Pair<'_>], errors: &mut Errors) {
    for pair in pairs {
        if let Some(Reason { text, note }) = &pair.privileged
            && attributes.privileged.is_none()
            && !attributes.mistaken
        {
            errors.on(
                &pair.field.named_by,
                format!(
                    "{text}, so changing it can need a fresh login\n\n\
                     help: add `privileged` to the struct's `#[kratos(…)]`, and handle `Outcome::ReauthenticationNeeded`\n\
                     {note}"
                ),
            );
        }
    }
    // The changes of a nested or flattened updater are checked by the compiler.
    let can_need = |pair: &Pair<'_>| pair.privileged.is_some() || pair.target.is_updater();
    if let Some(span) = attributes.privileged
        && !pairs.iter().any(can_need)
        && errors.is_empty()
    {
        errors.at(span, UNUSED_PRIVILEGED);
    }
}

/// The first privileged role that a change of the trait affects: that of an object that holds it, its own, or one inside it.
pub(super) fn reason(changed: &Trait, table: &Companion) -> Option<Reason> {
    let path = &changed.row.path;
    if let Some((holder, role)) = &changed.within {
        return Some(Reason {
            text: format!(
                "`{}` lies in `{holder}`, which is {role}",
                changed.shown_path()
            ),
            note: table.note(changed),
        });
    }
    let holders = table.holders(path);
    let found = holders
        .iter()
        .find_map(|holder| Some((holder, role(holder)?)))
        .map(|found| says(found, table))
        .or_else(|| Some(says((changed, role(changed)?), table)));
    found.or_else(|| {
        let inside = table.inside(path);
        let found = inside.iter().find_map(|inner| Some((inner, role(inner)?)));
        found.map(|found| says(found, table))
    })
}

fn role(one: &Trait) -> Option<Role> {
    one.row.privileged_role()
}

fn says((found, role): (&Trait, Role), table: &Companion) -> Reason {
    Reason {
        text: format!("`{}` is {role}", found.shown_path()),
        note: table.note(found),
    }
}
