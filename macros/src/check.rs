//! Holds the fields of a struct against the facts of the schema.

use crate::errors::Errors;
use crate::facts::{Facts, Role, TraitFacts, written};
use crate::suggest::nearest;
use crate::updater::{Effect, Field, StructAttributes};

/// A field and the trait that it changes.
pub(crate) struct Pair<'a> {
    pub(crate) field: &'a Field,
    pub(crate) facts: &'a TraitFacts,
}

/// The fields that name a trait; every rule that they break is noted.
pub(crate) fn pair<'a>(
    attributes: &StructAttributes,
    fields: &'a [Field],
    facts: &'a Facts,
    errors: &mut Errors,
) -> Vec<Pair<'a>> {
    let mut pairs: Vec<Pair<'a>> = Vec::new();
    for field in fields {
        let Some(found) = facts.get(&field.path) else {
            unknown(field, facts, errors);
            continue;
        };
        let pair = Pair {
            field,
            facts: found,
        };
        if let Some(other) = pairs.iter().find(|other| overlap(other, &pair)) {
            errors.on(&field.named_by, overlapping(&pair, other));
            continue;
        }
        removal(&pair, facts, errors);
        pairs.push(pair);
    }
    privilege(attributes, &pairs, facts, errors);
    pairs
}

fn unknown(field: &Field, facts: &Facts, errors: &mut Errors) {
    let written_path = written(&field.path);
    let known: Vec<String> = facts.traits.iter().map(TraitFacts::written_path).collect();
    let advice = match nearest(&written_path, known.iter().map(String::as_str)) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("It has: {}", known.join(", ")),
    };
    let source = &facts.source;
    errors.on(
        &field.named_by,
        format!(
            "the schema has no trait `{written_path}`. {advice}\n\nnote: the schema is {source}"
        ),
    );
}

fn overlap(a: &Pair<'_>, b: &Pair<'_>) -> bool {
    a.field.path.starts_with(&b.field.path) || b.field.path.starts_with(&a.field.path)
}

fn overlapping(pair: &Pair<'_>, other: &Pair<'_>) -> String {
    let (path, other_path) = (pair.facts.written_path(), other.facts.written_path());
    let other_field = &other.field.ident;
    if path == other_path {
        format!("the trait `{path}` is already changed by the field `{other_field}`")
    } else {
        format!(
            "the trait `{path}` and the trait `{other_path}` of the field `{other_field}` lie inside each other: \
             one update cannot change both"
        )
    }
}

fn removal(pair: &Pair<'_>, facts: &Facts, errors: &mut Errors) {
    if pair.facts.required && pair.field.effect == Effect::SetRemoveOrKeep {
        let path = pair.facts.written_path();
        let inner = &pair.facts.rust_type;
        let place = facts.place(pair.facts);
        errors.on(
            &pair.field.value,
            format!(
                "the trait `{path}` is required, so it cannot be removed\n\n\
                 help: write `Option<{inner}>`, which sets the trait or keeps it\n\
                 note: the trait is declared at {place}"
            ),
        );
    }
}

fn privilege(
    attributes: &StructAttributes,
    pairs: &[Pair<'_>],
    facts: &Facts,
    errors: &mut Errors,
) {
    let mut needed = false;
    for pair in pairs {
        let Some((holder, role)) = privileged_role(pair.facts, facts) else {
            continue;
        };
        needed = true;
        if attributes.privileged.is_none() {
            let path = holder.written_path();
            let place = facts.place(holder);
            errors.on(
                &pair.field.named_by,
                format!(
                    "the trait `{path}` is {role}, so changing it can need a fresh login\n\n\
                     help: add `privileged` to the struct's `#[kratos(…)]`, and handle `Outcome::ReauthenticationNeeded`\n\
                     note: the trait is declared at {place}"
                ),
            );
        }
    }
    if let Some(span) = attributes.privileged
        && !needed
        && errors.is_empty()
    {
        errors.at(
            span,
            "no field of this struct changes an identifier or an address\n\n\
             help: remove `privileged`",
        );
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
        .filter(|one| one.path.starts_with(&changed.path) || changed.path.starts_with(&one.path))
        .find_map(|one| Some((one, one.roles.iter().find(|role| role.is_privileged())?)))
}
