//! Identifiers and addresses: only where the struct says that it changes them.

use super::Pair;
use crate::errors::Errors;
use crate::facts::{Facts, Role, TraitFacts};
use crate::updater::StructAttributes;

/// What is said of a `privileged` that no field needs.
pub(crate) const FOR_NOTHING: &str = "no field of this struct changes an identifier or an address\n\n\
     help: remove `privileged`";

pub(super) fn check(
    attributes: &StructAttributes,
    pairs: &[Pair<'_>],
    facts: &Facts,
    errors: &mut Errors,
) {
    for pair in pairs {
        if let Some((holder, role)) = pair.privileged
            && attributes.privileged.is_none()
            && !attributes.mistaken
        {
            let (path, note) = (holder.shown_path(), facts.note(holder));
            errors.on(
                &pair.field.named_by,
                format!(
                    "`{path}` is {role}, so changing it can need a fresh login\n\n\
                     help: add `privileged` to the struct's `#[kratos(…)]`, and handle `Outcome::ReauthenticationNeeded`\n\
                     {note}"
                ),
            );
        }
    }
    // What a nested or flattened updater changes, only the compiler knows.
    let can_need = |pair: &Pair<'_>| pair.privileged.is_some() || pair.target.is_updater();
    if let Some(span) = attributes.privileged
        && !pairs.iter().any(can_need)
        && errors.is_empty()
    {
        errors.at(span, FOR_NOTHING);
    }
}

/// The first privileged role that a change of the trait touches: its own, one inside it, or one of
/// an object that holds it.
pub(super) fn needed_for<'a>(
    changed: &TraitFacts,
    facts: &'a Facts,
) -> Option<(&'a TraitFacts, &'a Role)> {
    facts
        .traits
        .iter()
        .filter(|one| one.lies_with(&changed.path))
        .find_map(|one| Some((one, one.privileged_role()?)))
}
