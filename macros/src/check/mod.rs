//! Holds the fields of a struct against the facts of the schema.

mod overlap;
pub(crate) mod privilege;
mod removal;
mod target;
pub(crate) mod types;

use proc_macro2::Span;

use crate::errors::Errors;
use crate::facts::{Facts, Role, TraitFacts};
use crate::updater::{Effect, Field, StructAttributes};

/// A field and what it changes.
pub(crate) struct Pair<'a> {
    pub(crate) field: &'a Field,
    pub(crate) target: Target<'a>,
    /// The identifier or address that it changes, as far as the facts tell: what a nested or
    /// flattened updater changes, only the compiler knows.
    pub(crate) privileged: Option<(&'a TraitFacts, &'a Role)>,
    /// Whether no mistake was found in it, so that the compiler may judge its type, too.
    pub(crate) sound: bool,
}

impl<'a> Pair<'a> {
    /// The trait that the field itself sets or removes, with all that it holds. A nested updater changes members only, but where it
    /// can be removed, they go all together.
    fn whole(&self) -> Option<&'a TraitFacts> {
        match self.target {
            Target::Trait(touched) | Target::Item(touched, _) => Some(touched),
            Target::Nested(object) => {
                (self.field.effect == Effect::SetRemoveOrKeep).then_some(object)
            }
            Target::Flattened(_) => None,
        }
    }
}

/// What a field changes, found in the facts.
#[derive(Clone, Copy)]
pub(crate) enum Target<'a> {
    Trait(&'a TraitFacts),
    /// The item at this position of an array.
    Item(&'a TraitFacts, usize),
    /// The members of an object, by an updater of it.
    Nested(&'a TraitFacts),
    /// The same object, by another updater of it. Has the place of the word `flatten`.
    Flattened(Span),
}

impl<'a> Target<'a> {
    /// The trait that is changed, as a whole or in part; `None` for a flattened field.
    pub(crate) fn facts(self) -> Option<&'a TraitFacts> {
        match self {
            Self::Trait(facts) | Self::Item(facts, _) | Self::Nested(facts) => Some(facts),
            Self::Flattened(_) => None,
        }
    }

    /// Whether the field is an updater itself.
    pub(crate) fn is_updater(self) -> bool {
        matches!(self, Self::Nested(_) | Self::Flattened(_))
    }
}

/// The fields that name something; every rule that they break is noted.
pub(crate) fn pair<'a>(
    attributes: &StructAttributes,
    fields: &'a [Field],
    facts: &'a Facts,
    errors: &mut Errors,
) -> Vec<Pair<'a>> {
    let mut pairs: Vec<Pair<'a>> = Vec::new();
    for field in fields {
        let before = errors.count();
        let Some(target) = target::find(field, facts, errors) else {
            continue;
        };
        let mut pair = Pair {
            field,
            target,
            privileged: None,
            sound: true,
        };
        // A denied trait has no other mistakes: it must go.
        if !target::is_denied(&pair, facts, errors) {
            let whole = pair.whole();
            pair.privileged = whole.and_then(|whole| privilege::needed_for(whole, facts));
            overlap::check(&pair, &pairs, facts, errors);
            removal::check(&pair, facts, errors);
            types::check(&pair, facts, errors);
            target::nullable_identifier(&pair, facts, errors);
        }
        pair.sound = errors.count() == before;
        pairs.push(pair);
    }
    privilege::check(attributes, &pairs, facts, errors);
    pairs
}
