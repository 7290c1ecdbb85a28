//! The rules of the traits: which may be changed and removed, by which updater, and by one field only.

use super::{ResolvedField, Target};
use crate::messages::{Errors, visible};
use crate::table::{CREDENTIALS, Companion, IsIdentifier, Row, word_of, written};
use crate::updater::{Effect, StructAttributes};

/// The message for a `privileged` that no field needs.
pub(crate) const UNUSED_PRIVILEGED: &str = "no field of this struct changes an identifier or an address\n\n\
     help: remove `privileged`";

/// Why a change can require a fresh login.
pub(crate) struct Reason {
    /// The trait and its role.
    text: String,
    note: String,
}

/// Reports changes of identifiers and addresses in a struct without `privileged`, and a `privileged` that no field needs.
pub(super) fn check_privileged(
    attributes: &StructAttributes,
    fields: &[ResolvedField<'_>],
    errors: &mut Errors,
) {
    for one in fields {
        if let Some(Reason { text, note }) = &one.privileged
            && attributes.privileged.is_none()
            && !attributes.mistaken
        {
            errors.on(
                &one.field.named_by,
                format!(
                    "{text}, so changing it can require a fresh login\n\n\
                     help: add `privileged` to the struct's `#[kratos(…)]`, and handle `Outcome::ReauthenticationRequired`\n\
                     {note}"
                ),
            );
        }
    }
    // The changes of a nested or flattened updater are checked by the compiler.
    let can_need = |one: &ResolvedField<'_>| one.privileged.is_some() || one.target.is_updater();
    if let Some(span) = attributes.privileged
        && !fields.iter().any(can_need)
        && errors.0.is_empty()
    {
        errors.at(span, UNUSED_PRIVILEGED);
    }
}

/// The first privileged role that a change of the trait affects: that of an object that holds it, its own, or one inside it.
pub(super) fn privileged_reason(changed: &Row, table: &Companion) -> Option<Reason> {
    if let Some((holder, role)) = &changed.within {
        let path = changed.shown_path();
        return Some(Reason {
            text: format!("`{path}` is inside `{holder}`, which is {role}"),
            note: table.note(changed),
        });
    }
    let reason = |one: &Row| {
        let role = one.privileged_role()?;
        Some(Reason {
            text: format!("`{}` is {role}", one.shown_path()),
            note: table.note(one),
        })
    };
    let holders = table.holders(&changed.path);
    let found = holders.iter().find_map(reason).or_else(|| reason(changed));
    found.or_else(|| table.inside(&changed.path).find_map(|inner| reason(&inner)))
}

/// Reports two fields that change one trait.
pub(super) fn check_overlap(
    one: &ResolvedField<'_>,
    others: &[ResolvedField<'_>],
    table: &Companion,
    errors: &mut Errors,
) {
    let (Some(path), Some(changed)) = (one.field.path(), one.target.changed()) else {
        return;
    };
    let other = others.iter().find_map(|other| {
        let other_path = other.field.path()?;
        let overlap = other_path.starts_with(path) || path.starts_with(other_path);
        overlap.then_some((&other.field.ident, other_path))
    });
    let Some((field, other_path)) = other else {
        return;
    };
    let is_same = path == other_path;
    let [path, other_path] = [path, other_path].map(|path| visible(&written(path)));
    let note = table.note(changed);
    errors.on(
        &one.field.named_by,
        if is_same {
            format!("`{path}` is already changed by the field `{field}`\n\n{note}")
        } else {
            format!(
                "`{path}` and `{other_path}` of the field `{field}` overlap: one is inside the other\n\n\
                 help: change one of them\n{note}"
            )
        },
    );
}

/// Reports the removal of a trait that cannot be removed.
pub(super) fn check_removal(one: &ResolvedField<'_>, table: &Companion, errors: &mut Errors) {
    if one.field.effect != Effect::SetRemoveOrKeep {
        return;
    }
    let path = one.target.shown_path();
    let (problem, help) = match &one.target {
        Target::Flattened(_) => (
            "a flattened updater cannot be removed".to_owned(),
            "write one `Option`, or none",
        ),
        Target::Item(..) => (
            format!("the item `{path}` cannot be removed by its position"),
            "set the array as a whole",
        ),
        Target::Trait(changed) | Target::Nested(changed) => {
            let problem = if changed.required {
                format!("`{path}` is required, so it cannot be removed")
            } else if let Some(credential) = changed.only() {
                let is = match changed.identifier() {
                    Some(_) => "is",
                    None => "holds",
                };
                let credential = word_of(credential, &CREDENTIALS);
                format!(
                    "`{path}` {is} the only identifier of `{credential}`, so it cannot be removed: \
                     Kratos would keep the old one for login"
                )
            } else {
                return;
            };
            (problem, "write one `Option`, which sets or keeps")
        }
    };
    let note = one.target.changed().map(|changed| table.note(changed));
    let note = note.map(|note| format!("\n{note}")).unwrap_or_default();
    errors.on(&one.field.value, format!("{problem}\n\nhelp: {help}{note}"));
}

/// Reports a trait that the generator's settings deny, changed itself or with the object that holds it.
pub(super) fn is_denied(one: &ResolvedField<'_>, table: &Companion, errors: &mut Errors) -> bool {
    let Some(changed) = one.target.changed() else {
        return false;
    };
    // An updater of an object is checked against the table of that object.
    let mut touched = table.holders(&changed.path);
    touched.push(changed.clone());
    if one.whole().is_some() {
        touched.extend(table.inside(&changed.path));
    }
    let Some(denied) = touched.iter().find(|one| one.is_denied()) else {
        return false;
    };
    let (path, note) = (denied.shown_path(), table.note(denied));
    errors.on(
        &one.field.named_by,
        format!(
            "`{path}` may not be changed by updaters: the settings of the generator deny it\n\n\
             help: if people may change it, remove it from `deny` or add it to `allow`; for your operators, generate the schema \
             a second time, under another name, without the denial\n{note}"
        ),
    );
    true
}

/// Reports an identifier that may be null: Kratos turns null into the identifier `%!s(<nil>)`.
pub(super) fn check_nullable_identifier(
    one: &ResolvedField<'_>,
    table: &Companion,
    errors: &mut Errors,
) {
    let (Target::Trait(changed) | Target::Item(changed, _)) = &one.target else {
        return;
    };
    if let Some((role, identifier)) = changed.nullable_identifier() {
        let (path, note) = (changed.shown_path(), table.note(changed));
        let subject = match identifier {
            IsIdentifier::Itself => format!("`{path}`"),
            IsIdentifier::Inside => format!("a value in `{path}`"),
        };
        errors.on(
            &one.field.named_by,
            format!(
                "{subject} may be null and is {role}: Kratos would save a null as the identifier `%!s(<nil>)`\n\n\
                 help: remove `null` from its `type` in the schema\n{note}"
            ),
        );
    }
}
