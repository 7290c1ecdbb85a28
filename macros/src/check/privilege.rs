//! Identifiers and addresses: only where the struct says that it changes them.

use super::{Pair, Target};
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
    let mut needed = false;
    for pair in pairs {
        // What a nested or flattened updater changes, only the compiler knows.
        let (Target::Trait(touched) | Target::Item(touched, _)) = pair.target else {
            needed = true;
            continue;
        };
        let Some((holder, role)) = privileged_role(touched, facts) else {
            continue;
        };
        needed = true;
        if attributes.privileged.is_none() && !attributes.mistaken {
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
    if let Some(span) = attributes.privileged
        && !needed
        && errors.is_empty()
    {
        errors.at(span, FOR_NOTHING);
    }
}

/// Whether the change can need a fresh login.
pub(super) fn is_needed(target: Target<'_>, facts: &Facts) -> bool {
    match target {
        Target::Trait(touched) | Target::Item(touched, _) => {
            privileged_role(touched, facts).is_some()
        }
        Target::Nested(_) | Target::Flattened(_) => false,
    }
}

/// The first privileged role that a change of the trait touches: its own, one inside it, or one of
/// an object that holds it.
fn privileged_role<'a>(
    changed: &TraitFacts,
    facts: &'a Facts,
) -> Option<(&'a TraitFacts, &'a Role)> {
    facts
        .traits
        .iter()
        .filter(|one| one.lies_with(&changed.path))
        .find_map(|one| Some((one, one.privileged_role()?)))
}
