//! From schemas to the model.

use std::collections::HashMap;

use super::merged::{Composer, MergedSchema};
use super::range::Range;
use super::{ANY, Choice, Docs, Object, Plain, Type, contradiction, warnings, written};
use crate::diagnostics::Warning;
use crate::schema::{Document, Keyword, Kinds, Problems, Spot, SubSchema};

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
    let merged = composer.traits();
    for spot in document
        .root
        .extension
        .iter()
        .map(|extension| extension.spot)
        .chain(merged.roles().map(|(spot, _)| spot))
    {
        composer.problems.warn(
            spot,
            Warning::MisplacedRole,
            "`ory.sh/kratos` here takes the whole object as one value; write it in the trait that it is about",
        );
    }
    unnamed_roles(&mut composer, &merged);
    if document.traits.reference.is_some() && merged.kinds.without(Kinds::NULL) != Kinds::OBJECT {
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
    build.open.push((0, merged.clone()));
    let (mut object, _) = build.object(&merged, 0);
    if let Some(reason) = contradiction::find(&merged) {
        let what = format!("{reason}: no identity is valid; write rules that go together");
        let spot = document.traits.spot;
        build.composer.unsatisfiable(spot, &what);
    }
    object.docs = object.docs.or(Docs::of(&document.root));
    warnings::warn(&object, &choices(&merged), build.composer.problems);
    object
}

/// Every `anyOf` and `oneOf` of the traits: what each branch requires.
fn choices<'s>(merged: &MergedSchema<'s>) -> Vec<Vec<Vec<&'s str>>> {
    let required = |branch: &SubSchema<'s>| match branch {
        SubSchema::Schema(branch) => {
            let names = branch.required.iter().flat_map(|found| &found.value);
            names.map(|name| name.value).collect()
        }
        SubSchema::Bool(_) => Vec::new(),
    };
    let groups = merged
        .certain
        .iter()
        .flat_map(|schema| &schema.alternatives);
    groups
        .map(|group| group.iter().map(required).collect())
        .collect()
}

/// Roles of traits that have no name, and so no row for updates to look at.
fn unnamed_roles<'s>(composer: &mut Composer<'s, '_>, merged: &MergedSchema<'s>) {
    for schema in merged.all() {
        let additional = schema.additional.as_ref().map(|found| &found.value);
        let patterns = schema.patterns.iter().map(|property| &property.schema);
        let mut all = patterns.chain(additional).chain(&schema.member_names);
        if all.any(|one| !composer.roles_in(one).is_empty()) {
            composer.problems.warn(
                schema.spot,
                Warning::MisplacedRole,
                "`ory.sh/kratos` in `additionalProperties`, `patternProperties` or `propertyNames` of `traits`: Kratos acts on it, but updates cannot know by its name which trait it is about; write the trait in `properties`",
            );
        }
    }
}

pub(super) struct Build<'s, 'p> {
    pub(super) composer: Composer<'s, 'p>,
    /// What the value at hand is in, by id.
    open: Vec<(usize, MergedSchema<'s>)>,
    /// How many values there have been; also the last id.
    types: usize,
}

/// The type of a value, and why there is none that is valid, if that is so.
pub(super) struct Built<'s> {
    pub(super) ty: Type<'s>,
    pub(super) never: Option<String>,
}

impl<'s> From<Type<'s>> for Built<'s> {
    fn from(ty: Type<'s>) -> Self {
        Self { ty, never: None }
    }
}

impl<'s> Build<'s, '_> {
    /// The type of a value; `spot` is where it has its name.
    pub(super) fn value(&mut self, merged: &MergedSchema<'s>, spot: Spot) -> Built<'s> {
        if let Some((id, _)) = self.open.iter().find(|(_, one)| one.is_same(merged)) {
            self.composer.problems.warn(
                spot,
                Warning::RecursiveSchema,
                "this leads back to a schema that it is in: Kratos takes identities, but fails to build its login or settings flows",
            );
            return Type::Back(*id).into();
        }
        self.types += 1;
        if self.types > MAX_TYPES {
            if self.types == MAX_TYPES + 1 {
                self.composer.problems.report(
                    spot,
                    format!("the schema means more than {MAX_TYPES} types, by a `$ref` in a `$ref`; write fewer of them"),
                );
            }
            return ANY.into();
        }
        if self.open.len() >= MAX_DEPTH {
            return ANY.into();
        }
        if merged.kinds == Kinds::NONE {
            return Built {
                ty: ANY,
                never: Some("no value obeys the rules here".into()),
            };
        }
        let id = self.types;
        self.open.push((id, merged.clone()));
        let Built { ty, never } = self.of_kind(merged, id, spot);
        self.open.pop();
        if !merged.kinds.has(Kinds::NULL) {
            let never = contradiction::find(merged).or(never);
            return Built { ty, never };
        }
        // Null stays when nothing else does.
        if matches!(ty, Type::Plain(Plain::Any)) {
            ty.into()
        } else {
            Type::Nullable(Box::new(ty)).into()
        }
    }

    fn of_kind(&mut self, merged: &MergedSchema<'s>, id: usize, spot: Spot) -> Built<'s> {
        match merged.kinds.without(Kinds::NULL) {
            Kinds::STRING => self.string(merged),
            Kinds::INTEGER => Type::Plain(Range::of(merged).plain()).into(),
            Kinds::NUMBER | Kinds::FRACTION => Type::Plain(Plain::Number).into(),
            Kinds::BOOLEAN => Type::Plain(Plain::Boolean).into(),
            Kinds::ARRAY => self.array(merged, spot),
            Kinds::OBJECT => self.object_or_map(merged, id),
            kinds => {
                if kinds == Kinds::ALL.without(Kinds::NULL) {
                    self.untyped(merged);
                }
                ANY.into()
            }
        }
    }

    fn string(&mut self, merged: &MergedSchema<'s>) -> Built<'s> {
        match written::strings(merged) {
            None => Type::String(format(merged)).into(),
            Some(values) if values.is_empty() => Built {
                ty: Type::String(format(merged)),
                never: Some("no value is in every `enum` here".into()),
            },
            Some(values) => Type::Choice(Choice {
                docs: Docs::of_merged(merged),
                values,
            })
            .into(),
        }
    }

    fn array(&mut self, merged: &MergedSchema<'s>, spot: Spot) -> Built<'s> {
        let Some(items) = self.items(merged, spot) else {
            return Type::Array(Box::new(ANY)).into();
        };
        let never = items.never.and_then(|reason| {
            if contradiction::count(merged, Keyword::MinItems, false).is_some_and(|least| least > 0)
            {
                return Some(format!("no item is valid ({reason})"));
            }
            let what =
                format!("{reason}, so the array is always empty; write rules that go together");
            self.composer.unsatisfiable(spot, &what);
            None
        });
        Built {
            ty: Type::Array(Box::new(items.ty)),
            never,
        }
    }

    /// The items, if all have one schema.
    fn items(&mut self, merged: &MergedSchema<'s>, spot: Spot) -> Option<Built<'s>> {
        let mut items = Vec::new();
        for schema in &merged.certain {
            if schema.tuple.is_some() {
                return None;
            }
            items.extend(schema.items.as_ref().map(|found| &found.value));
        }
        if items.is_empty() || items.iter().any(|one| is_false(one)) {
            return None;
        }
        let merged = self.composer.merge(&items, &[]);
        self.check_roles(&merged);
        Some(self.value(&merged, spot))
    }

    /// Without `type`, members and items are checked by Kratos but not seen by its settings flow.
    fn untyped(&mut self, merged: &MergedSchema<'s>) {
        for schema in &merged.certain {
            let mut keywords = Keyword::NEED_TYPE.iter();
            let first =
                keywords.find_map(|(keyword, ty)| Some((keyword, schema.spot_of(*keyword)?, ty)));
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

fn format<'s>(merged: &MergedSchema<'s>) -> Option<&'s str> {
    merged
        .certain
        .iter()
        .find_map(|one| Some(one.format?.value))
}

/// The schema that nothing obeys.
pub(super) fn is_false(schema: &SubSchema<'_>) -> bool {
    matches!(schema, SubSchema::Bool(found) if !found.value)
}
