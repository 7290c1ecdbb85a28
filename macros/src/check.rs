//! Compares the fields of a struct with the table of the schema.

mod overlap;
mod policy;
pub(crate) mod privilege;
mod removal;
mod target;
pub(crate) mod types;
mod unknown;

use proc_macro2::Span;

use self::privilege::Reason;
use crate::errors::Errors;
use crate::table::{Companion, Trait};
use crate::updater::{Effect, Field, StructAttributes};

/// A field and what it changes.
pub(crate) struct Pair<'a> {
    pub(crate) field: &'a Field,
    pub(crate) target: Target,
    /// The identifier or address that it changes, if the table shows it; the changes of a nested or
    /// flattened updater are checked by the compiler.
    pub(crate) privileged: Option<Reason>,
    /// Whether it has no mistake, so that the compiler checks its type too.
    pub(crate) sound: bool,
}

/// What a field changes, found in the table.
pub(crate) enum Target {
    Trait(Trait),
    /// The item at this position of an array.
    Item(Trait, usize),
    /// The members of an object, by an updater of it.
    Nested(Trait),
    /// The same object, by another updater of it; with the span of the word `flatten`.
    Flattened(Span),
}

impl Target {
    /// The trait that is changed, as a whole or in part; `None` for a flattened field.
    pub(crate) fn changed(&self) -> Option<&Trait> {
        match self {
            Self::Trait(found) | Self::Item(found, _) | Self::Nested(found) => Some(found),
            Self::Flattened(_) => None,
        }
    }

    /// Whether the field is an updater itself.
    pub(crate) fn is_updater(&self) -> bool {
        matches!(self, Self::Nested(_) | Self::Flattened(_))
    }
}

impl Pair<'_> {
    /// The trait that the field sets or removes as a whole. A nested updater only changes members, unless its effect can remove the
    /// object.
    fn whole(&self) -> Option<&Trait> {
        match &self.target {
            Target::Trait(found) | Target::Item(found, _) => Some(found),
            Target::Nested(object) => {
                (self.field.effect == Effect::SetRemoveOrKeep).then_some(object)
            }
            Target::Flattened(_) => None,
        }
    }
}

/// Resolves the fields against the table and reports every rule that they break.
pub(crate) fn pair<'a>(
    attributes: &StructAttributes,
    fields: &'a [Field],
    table: &Companion,
    errors: &mut Errors,
) -> Vec<Pair<'a>> {
    let mut pairs: Vec<Pair<'a>> = Vec::new();
    for field in fields {
        let before = errors.count();
        let Some(target) = target::find(field, table, errors) else {
            continue;
        };
        let mut pair = Pair {
            field,
            target,
            privileged: None,
            sound: true,
        };
        // For a denied trait nothing else is reported, because the field must be removed.
        if !policy::is_denied(&pair, table, errors) {
            pair.privileged = pair
                .whole()
                .and_then(|whole| privilege::reason(whole, table));
            overlap::check(&pair, &pairs, table, errors);
            removal::check(&pair, table, errors);
            types::check(&pair, table, errors);
            policy::nullable_identifier(&pair, table, errors);
        }
        pair.sound = errors.count() == before;
        pairs.push(pair);
    }
    privilege::check(attributes, &pairs, errors);
    pairs
}
