//! Compares the fields of a struct with the table of the schema.

pub(crate) mod rules;
pub(crate) mod types;
mod unknown;

use proc_macro2::Span;

use self::rules::Reason;
use crate::messages::{Errors, visible};
use crate::table::{Companion, Kind, Row, written};
use crate::updater::{Effect, Field, Form, StructAttributes};

/// A field and what it changes.
pub(crate) struct ResolvedField<'a> {
    pub(crate) field: &'a Field,
    pub(crate) target: Target,
    /// The identifier or address that it changes, if the table shows it; the changes of a nested or
    /// flattened updater are checked by the compiler.
    pub(crate) privileged: Option<Reason>,
    /// Whether it has no mistake, so that the compiler checks its type too.
    pub(crate) is_correct: bool,
}

/// What a field changes, found in the table.
pub(crate) enum Target {
    Trait(Row),
    /// The item at this position of an array.
    Item(Row, usize),
    /// The members of an object, by an updater of it.
    Nested(Row),
    /// The same object, by another updater of it; with the span of the word `flatten`.
    Flattened(Span),
}

impl Target {
    /// The trait that is changed, as a whole or in part; `None` for a flattened field.
    pub(crate) fn changed(&self) -> Option<&Row> {
        match self {
            Self::Trait(found) | Self::Item(found, _) | Self::Nested(found) => Some(found),
            Self::Flattened(_) => None,
        }
    }

    /// Whether the field is an updater itself.
    pub(crate) fn is_updater(&self) -> bool {
        matches!(self, Self::Nested(_) | Self::Flattened(_))
    }

    /// The path of the trait or item for a message.
    pub(crate) fn shown_path(&self) -> String {
        let path = self.changed().map(Row::shown_path).unwrap_or_default();
        match self {
            Self::Item(_, position) => format!("{path}.{position}"),
            _ => path,
        }
    }
}

impl ResolvedField<'_> {
    /// The trait that the field sets or removes as a whole. A nested updater only changes members, unless its effect can remove the
    /// object.
    fn whole(&self) -> Option<&Row> {
        match &self.target {
            Target::Trait(found) | Target::Item(found, _) => Some(found),
            Target::Nested(object) => {
                (self.field.effect == Effect::SetRemoveOrKeep).then_some(object)
            }
            Target::Flattened(_) => None,
        }
    }
}

/// Resolves the fields and reports every rule that they break.
pub(crate) fn resolve<'a>(
    attributes: &StructAttributes,
    fields: &'a [Field],
    table: &Companion,
    errors: &mut Errors,
) -> Vec<ResolvedField<'a>> {
    let mut resolved: Vec<ResolvedField<'a>> = Vec::new();
    for field in fields {
        let before = errors.0.len();
        let Some(target) = find(field, table, errors) else {
            continue;
        };
        let mut one = ResolvedField {
            field,
            target,
            privileged: None,
            is_correct: true,
        };
        // For a denied trait nothing else is reported, because the field must be removed.
        if !rules::is_denied(&one, table, errors) {
            one.privileged = one
                .whole()
                .and_then(|whole| rules::privileged_reason(whole, table));
            rules::check_overlap(&one, &resolved, table, errors);
            rules::check_removal(&one, table, errors);
            types::check(&one, table, errors);
            rules::check_nullable_identifier(&one, table, errors);
        }
        one.is_correct = errors.0.len() == before;
        resolved.push(one);
    }
    rules::check_privileged(attributes, &resolved, errors);
    resolved
}

fn find(field: &Field, table: &Companion, errors: &mut Errors) -> Option<Target> {
    if let Form::Flatten(word) = field.form {
        return Some(Target::Flattened(word));
    }
    let path = field.path()?;
    let found = match (table.get(path), item(path, table)) {
        (Some(found), _) => Target::Trait(found),
        (None, Some((array, position))) => Target::Item(array, position),
        (None, None) => {
            unknown::report(field, path, table, errors);
            return None;
        }
    };
    match (field.form, found) {
        (Form::Nested(_), Target::Trait(object)) if table.is_struct(&object) => {
            Some(Target::Nested(object))
        }
        (Form::Nested(word), found) => {
            let path = visible(&written(path));
            let note = found.changed().map(|found| table.note(found));
            let note = note.unwrap_or_default();
            let message = format!(
                "`{path}` is not an object with named members\n\n\
                 help: remove `nested`, and use the type of the value\n{note}"
            );
            errors.at(word, message);
            None
        }
        (_, found) => Some(found),
    }
}

/// The item of an array that the path ends in: `emails.0`.
fn item(path: &[String], table: &Companion) -> Option<(Row, usize)> {
    let (last, array) = path.split_last()?;
    // Only the spelling of Kratos is a position: `00` and `+0` are names.
    let position = last.parse::<usize>().ok()?;
    if position.to_string() != *last {
        return None;
    }
    let array = table.get(array)?;
    (array.kind == Kind::Array).then_some((array, position))
}
