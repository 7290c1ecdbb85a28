//! From schemas to the model.

use std::collections::HashMap;

use super::facet::{Composer, Facet};
use super::range::Range;
use super::{ANY, Choice, Docs, Object, Plain, Type, warnings, written};
use crate::problem::Warning;
use crate::schema::{Document, Kinds, Problems, Spot, SubSchema};

/// A type this deep inside others is any value: real identity schemas have less than 20 levels.
const MAX_DEPTH: usize = 64;

/// A `$ref` in a `$ref` in a `$ref` can mean millions of types.
const MAX_TYPES: usize = 20_000;

/// The traits object of `document`. What cannot be taken is reported and stands in the model as any value.
pub(crate) fn build<'s>(document: &'s Document<'s>, problems: &mut Problems) -> Object<'s> {
    let mut composer = Composer {
        document,
        problems,
        known: HashMap::new(),
    };
    let facet = composer.traits();
    for spot in document
        .root
        .extension
        .iter()
        .map(|extension| extension.spot)
        .chain(facet.roles().map(|(spot, _)| spot))
    {
        composer.problems.warn(
            spot,
            Warning::MisplacedRole,
            "`ory.sh/kratos` here takes the whole object as one value; write it in the trait that it is about",
        );
    }
    unnamed_roles(&mut composer, &facet);
    if document.traits.reference.is_some() && facet.kinds.without(Kinds::NULL) != Kinds::OBJECT {
        composer.problems.report(
            document.traits.spot,
            "the `$ref` of `traits` leads to no object, and then every settings flow fails; write `\"type\": \"object\"` there",
        );
    }
    let mut build = Build {
        composer,
        open: Vec::new(),
        types: 0,
    };
    build.open.push((0, facet.clone()));
    let mut object = build.object(&facet, 0);
    object.docs = object.docs.or(Docs::of(&document.root));
    warnings::warn(&object, build.composer.problems);
    object
}

/// Roles of traits that have no name, and so no row for updates to look at.
fn unnamed_roles<'s>(composer: &mut Composer<'s, '_>, facet: &Facet<'s>) {
    for schema in facet.all() {
        let additional = schema.additional.as_ref().map(|found| &found.value);
        let patterns = schema.patterns.iter().map(|property| &property.schema);
        let mut all = patterns.chain(additional);
        if all.any(|one| !composer.roles_in(one).is_empty()) {
            composer.problems.warn(
                schema.spot,
                Warning::MisplacedRole,
                "`ory.sh/kratos` in `additionalProperties` or `patternProperties` of `traits`: Kratos acts on it, but updates cannot know by its name which trait it is about; write the trait in `properties`",
            );
        }
    }
}

pub(super) struct Build<'s, 'p> {
    pub(super) composer: Composer<'s, 'p>,
    /// What the value at hand is in, by id.
    open: Vec<(usize, Facet<'s>)>,
    /// How many values there have been; also the last id.
    types: usize,
}

impl<'s> Build<'s, '_> {
    /// The type of a value; `spot` is where it has its name.
    pub(super) fn value(&mut self, facet: &Facet<'s>, spot: Spot) -> Type<'s> {
        if let Some((id, _)) = self.open.iter().find(|(_, one)| one.is_same(facet)) {
            self.composer.problems.warn(
                spot,
                Warning::RecursiveSchema,
                "this leads back to a schema that it is in: Kratos takes identities, but fails to build its login or settings flows",
            );
            return Type::Back(*id);
        }
        self.types += 1;
        if self.types > MAX_TYPES {
            if self.types == MAX_TYPES + 1 {
                self.composer.problems.report(
                    spot,
                    format!("the schema means more than {MAX_TYPES} types, by a `$ref` in a `$ref`; write fewer of them"),
                );
            }
            return ANY;
        }
        if self.open.len() >= MAX_DEPTH {
            return ANY;
        }
        if facet.kinds == Kinds::NONE {
            self.composer.unsatisfiable(
                spot,
                "no value obeys the rules here; write rules that go together",
            );
            return ANY;
        }
        let id = self.types;
        self.open.push((id, facet.clone()));
        let ty = self.of_kind(facet, id, spot);
        self.open.pop();
        if facet.kinds.has(Kinds::NULL) && !matches!(ty, Type::Plain(Plain::Any)) {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }

    fn of_kind(&mut self, facet: &Facet<'s>, id: usize, spot: Spot) -> Type<'s> {
        match facet.kinds.without(Kinds::NULL) {
            Kinds::STRING => self.string(facet, spot),
            Kinds::INTEGER => Type::Plain(Range::of(facet).plain()),
            Kinds::NUMBER | Kinds::FRACTION => Type::Plain(Plain::Number),
            Kinds::BOOLEAN => Type::Plain(Plain::Boolean),
            Kinds::ARRAY => Type::Array(Box::new(self.items(facet, spot))),
            Kinds::OBJECT => self.object_or_map(facet, id),
            kinds => {
                if kinds == Kinds::ALL.without(Kinds::NULL) {
                    self.untyped(facet);
                }
                ANY
            }
        }
    }

    fn string(&mut self, facet: &Facet<'s>, spot: Spot) -> Type<'s> {
        match written::strings(facet) {
            None => Type::Plain(Plain::String),
            Some(values) if values.is_empty() => {
                self.composer.unsatisfiable(
                    spot,
                    "no value is in every `enum` here; write values that go together",
                );
                Type::Plain(Plain::String)
            }
            Some(values) => Type::Choice(Choice {
                docs: Docs::of_facet(facet),
                values,
            }),
        }
    }

    fn items(&mut self, facet: &Facet<'s>, spot: Spot) -> Type<'s> {
        let mut items = Vec::new();
        for schema in &facet.certain {
            if schema.is_tuple {
                return ANY;
            }
            items.extend(schema.items.as_ref().map(|found| &found.value));
        }
        if items.is_empty() || items.iter().any(|one| is_false(one)) {
            return ANY;
        }
        let facet = self.composer.facet(&items, &[]);
        self.value(&facet, spot)
    }

    /// Without `type`, members and items are checked by Kratos but not seen by its settings flow.
    fn untyped(&mut self, facet: &Facet<'s>) {
        for schema in &facet.certain {
            let found = [
                (
                    "properties",
                    schema.properties.as_ref().map(|found| found.spot),
                    "object",
                ),
                (
                    "required",
                    schema.required.as_ref().map(|found| found.spot),
                    "object",
                ),
                (
                    "additionalProperties",
                    schema.additional.as_ref().map(|found| found.spot),
                    "object",
                ),
                (
                    "items",
                    schema.items.as_ref().map(|found| found.spot),
                    "array",
                ),
            ];
            let first = found
                .into_iter()
                .find_map(|(keyword, spot, ty)| Some((keyword, spot?, ty)));
            if let Some((keyword, spot, ty)) = first {
                self.composer.problems.warn(
                    spot,
                    Warning::MissingType,
                    format!(
                        "`{keyword}` without a `type`: any other value is valid too, and Kratos's settings flow does not see what is in it; write `\"type\": \"{ty}\"` beside it"
                    ),
                );
            }
        }
    }
}

/// The schema that nothing obeys.
pub(super) fn is_false(schema: &SubSchema<'_>) -> bool {
    matches!(schema, SubSchema::Bool(found) if !found.value)
}
