//! Builds the model from the schemas: the types of values.

use std::collections::HashSet;

use super::merge::{KnownKinds, MergedSchema, value_lists};
use super::roles::{Applied, has_unnamed_roles};
use super::{ANY, Choice, Docs, Object, Plain, Type, contradiction, limits, warnings};
use crate::diagnostics::Warning;
use crate::schema::{
    Document, Found, Keyword, Kinds, Node, Problems, Schema, Spot, SubSchema, Types,
};

/// A type inside more others than this is any value: real identity schemas have less than 20 levels.
const MAX_DEPTH: usize = 64;

/// A `$ref` in a `$ref` in a `$ref` can mean millions of types.
const MAX_TYPES: usize = 20_000;

/// Builds the traits object of `document`. A value that is reported as wrong is any value in the model.
pub(crate) fn build<'s>(document: &'s Document<'s>, problems: &mut Problems) -> Object<'s> {
    let mut builder = Builder {
        document,
        problems,
        kinds: KnownKinds::new(),
        merging: Vec::new(),
        open: Vec::new(),
        types: 0,
    };
    let merged = builder.merge_traits();
    let root = document.root.extension.iter();
    let misplaced = root.map(|extension| extension.spot);
    for spot in misplaced.chain(merged.roles().map(|(spot, _)| spot)) {
        builder.warn(
            spot,
            Warning::MisplacedRole,
            "`ory.sh/kratos` here applies to the object as a whole; move it to a single trait",
        );
    }
    for schema in merged.all().filter(|one| has_unnamed_roles(document, one)) {
        builder.warn(
            schema.spot,
            Warning::MisplacedRole,
            "`ory.sh/kratos` in `additionalProperties`, `patternProperties` or `propertyNames` of `traits`: Kratos applies it, but an update cannot tell by its name which trait has the role; declare the trait in `properties`",
        );
    }
    let spot = document.traits.spot;
    if document.traits.reference.is_some() && merged.kinds.without(Kinds::NULL) != Kinds::OBJECT {
        builder.problems.report(
            spot,
            "the `$ref` of `traits` does not lead to an object, so every settings flow fails; write `\"type\": \"object\"` there",
        );
    }
    builder.open.push((0, merged.clone()));
    let (mut object, _) = builder.object(&merged, 0);
    if let Some(reason) = contradiction::find(&merged) {
        let what = format!("{reason}, so no identity is valid; correct one of the rules");
        builder.unsatisfiable(spot, what);
    }
    builder.find_roles(&mut object, &Applied::to_traits(document));
    object.docs = Docs::of(&[&*merged.certain, &[&document.root]].concat());
    warnings::warn(&object, &merged, builder.problems);
    object
}

pub(super) struct Builder<'s, 'p> {
    pub(super) document: &'s Document<'s>,
    pub(super) problems: &'p mut Problems,
    pub(super) kinds: KnownKinds<'s>,
    /// The schemas that lead to the one that is merged.
    pub(super) merging: Vec<&'s Schema<'s>>,
    /// The values around the current one, by id.
    open: Vec<(usize, MergedSchema<'s>)>,
    /// The number of values; also the last id.
    types: usize,
}

/// The type of a value, and the reason if no value is valid.
pub(super) struct Built<'s> {
    pub(super) ty: Type<'s>,
    pub(super) never: Option<String>,
}

impl<'s> From<Type<'s>> for Built<'s> {
    fn from(ty: Type<'s>) -> Self {
        Self { ty, never: None }
    }
}

impl<'s> Builder<'s, '_> {
    pub(super) fn warn(&mut self, spot: Spot, warning: Warning, message: impl Into<String>) {
        self.problems.warn(spot, warning, message);
    }

    pub(super) fn unsatisfiable(&mut self, spot: Spot, what: String) {
        self.warn(spot, Warning::UnsatisfiableSchema, what);
    }

    /// The type of a value; `spot` is the place of its name.
    pub(super) fn value(&mut self, merged: &MergedSchema<'s>, spot: Spot) -> Built<'s> {
        if let Some((id, _)) = self.open.iter().find(|(_, one)| one.is_same(merged)) {
            let id = *id;
            self.warn(
                spot,
                Warning::RecursiveSchema,
                "this schema contains itself: Kratos accepts identities, but fails to build login and settings flows; write the inner schema without the `$ref`, such as `{ \"type\": \"object\" }`",
            );
            return Type::Back(id).into();
        }
        self.types += 1;
        if self.types == MAX_TYPES + 1 {
            self.problems.report(
                spot,
                format!("the schema expands to more than {MAX_TYPES} types through nested `$ref`s; use fewer of them"),
            );
        }
        if self.types > MAX_TYPES || self.open.len() >= MAX_DEPTH {
            return ANY.into();
        }
        if merged.kinds == Kinds::NONE {
            return Built {
                ty: ANY,
                never: Some("no value satisfies the rules".into()),
            };
        }
        let id = self.types;
        self.open.push((id, merged.clone()));
        let Built { ty, never } = self.value_of_kind(merged, id, spot);
        self.open.pop();
        match ty {
            ty if !merged.kinds.has(Kinds::NULL) => Built {
                ty,
                never: contradiction::find(merged).or(never),
            },
            // Null is valid, even if no other value is.
            Type::Plain(Plain::Any) => ANY.into(),
            ty => Type::Nullable(Box::new(ty)).into(),
        }
    }

    fn value_of_kind(&mut self, merged: &MergedSchema<'s>, id: usize, spot: Spot) -> Built<'s> {
        match merged.kinds.without(Kinds::NULL) {
            Kinds::STRING => string(merged),
            Kinds::INTEGER => Type::Plain(limits::integer_type(merged)).into(),
            Kinds::NUMBER | Kinds::FRACTION => Type::Plain(Plain::Number).into(),
            Kinds::BOOLEAN => Type::Plain(Plain::Boolean).into(),
            Kinds::ARRAY => self.array(merged, spot),
            Kinds::OBJECT => self.object_or_map(merged, id),
            kinds => {
                if kinds == Kinds::ALL.without(Kinds::NULL) {
                    self.warn_about_missing_types(merged);
                }
                ANY.into()
            }
        }
    }

    fn array(&mut self, merged: &MergedSchema<'s>, spot: Spot) -> Built<'s> {
        let Some(items) = self.items(merged, spot) else {
            return Type::Array(Box::new(ANY)).into();
        };
        let mut never = None;
        if let Some(reason) = items.never {
            if merged.at_least(Keyword::MinItems) > Some(0) {
                never = Some(format!("no item is valid ({reason})"));
            } else {
                let what =
                    format!("{reason}, so the array is always empty; correct one of the rules");
                self.unsatisfiable(spot, what);
            }
        }
        Built {
            ty: Type::Array(Box::new(items.ty)),
            never,
        }
    }

    /// The items, if all have one schema, or schemas of one type.
    fn items(&mut self, merged: &MergedSchema<'s>, spot: Spot) -> Option<Built<'s>> {
        if merged.certain.iter().any(|schema| schema.tuple.is_some()) {
            return self.tuple(merged, spot);
        }
        let items = merged.certain.iter().flat_map(|schema| &schema.items);
        let items: Vec<_> = items.map(|found| &found.value).collect();
        if items.is_empty() || items.iter().any(|one| one.is_false()) {
            return None;
        }
        let merged = self.merge(&items, &[]);
        self.check_roles(&merged);
        Some(self.value(&merged, spot))
    }

    /// The items of an array whose schemas are a list, if all are of one type and there cannot be others.
    fn tuple(&mut self, merged: &MergedSchema<'s>, spot: Spot) -> Option<Built<'s>> {
        let [schema] = &*merged.certain else {
            return None;
        };
        let length = u64::try_from(schema.tuple?).ok()?;
        let is_closed = schema.closed_tuple.is_some()
            || merged
                .at_most(Keyword::MaxItems)
                .is_some_and(|most| most <= length)
            || schema.some_items.len() > schema.tuple?;
        if !is_closed {
            return None;
        }
        let items = schema.some_items.iter().filter(|item| !item.is_false());
        let types: Vec<_> = items
            .map(|item| {
                let merged = self.merge(&[item], &[]);
                self.check_roles(&merged);
                self.value(&merged, spot).ty
            })
            .collect();
        common_type(types).map(Built::from)
    }

    /// Without `type`, Kratos checks members and items, but its settings flow does not see them.
    fn warn_about_missing_types(&mut self, merged: &MergedSchema<'s>) {
        for schema in &merged.certain {
            let mut keywords = Keyword::NEED_TYPE.iter();
            let first =
                keywords.find_map(|(keyword, ty)| Some((keyword, schema.spot_of(*keyword)?, ty)));
            if let Some((keyword, spot, ty)) = first {
                self.warn(
                    spot,
                    Warning::MissingType,
                    format!(
                        "`{keyword}` without a `type`: values of other types are valid too, and Kratos's settings flow ignores what is inside; write `\"type\": \"{ty}\"` beside it"
                    ),
                );
            }
        }
    }
}

/// The type that all of these are, or that has the strings of all; structs are not compared.
pub(super) fn common_type(types: Vec<Type<'_>>) -> Option<Type<'_>> {
    types
        .into_iter()
        .map(Some)
        .reduce(|one, other| common(one?, other?))?
}

fn common<'s>(one: Type<'s>, other: Type<'s>) -> Option<Type<'s>> {
    let inner = |one: Box<Type<'s>>, other| common(*one, other).map(Box::new);
    Some(match (one, other) {
        (Type::Plain(one), Type::Plain(other)) if one == other && one != Plain::Any => {
            Type::Plain(one)
        }
        (Type::String(one), Type::String(other)) => Type::String(one.filter(|_| one == other)),
        (Type::Choice(mut one), Type::Choice(other)) => {
            let seen: HashSet<&str> = one.values.iter().map(|found| found.value).collect();
            let others = other.values.into_iter();
            let new: Vec<_> = others.filter(|found| !seen.contains(found.value)).collect();
            one.values.extend(new);
            Type::Choice(one)
        }
        (Type::String(_), Type::Choice(_)) | (Type::Choice(_), Type::String(_)) => {
            Type::String(None)
        }
        (Type::Array(one), Type::Array(other)) => Type::Array(inner(one, *other)?),
        (Type::Map(one), Type::Map(other)) => Type::Map(inner(one, *other)?),
        (Type::FreeForm, Type::FreeForm) => Type::FreeForm,
        (Type::Nullable(one), Type::Nullable(other)) => Type::Nullable(inner(one, *other)?),
        (Type::Nullable(one), other) | (other, Type::Nullable(one)) => {
            Type::Nullable(inner(one, other)?)
        }
        _ => return None,
    })
}

fn string<'s>(merged: &MergedSchema<'s>) -> Built<'s> {
    let mut formats = merged.certain.iter().filter_map(|one| one.format);
    let ty = Type::String(formats.next().map(|found| found.value));
    match listed_strings(merged) {
        None => ty.into(),
        Some(values) if values.is_empty() => Built {
            ty,
            never: Some("no value is in all of the `enum`s".into()),
        },
        Some(values) => Type::Choice(Choice {
            docs: Docs::of(&merged.certain),
            values,
        })
        .into(),
    }
}

/// The strings that are valid, if the schema lists them.
fn listed_strings<'s>(merged: &MergedSchema<'s>) -> Option<Vec<Found<&'s str>>> {
    let own = merged.value_lists().map(|list| strings(list).collect());
    let branches = merged
        .certain
        .iter()
        .flat_map(|schema| &schema.alternatives);
    let mut all = own.chain(branches.filter_map(|group| strings_of_branches(group)));
    let mut values: Vec<Found<&'s str>> = all.next()?;
    let mut seen = HashSet::new();
    values.retain(|found| seen.insert(found.value));
    for list in all {
        let others: HashSet<&str> = list.iter().map(|found| found.value).collect();
        values.retain(|found| others.contains(found.value));
    }
    Some(values)
}

/// The strings of `anyOf` or `oneOf`, if every branch except those for null lists its own.
fn strings_of_branches<'s>(group: &'s [SubSchema<'s>]) -> Option<Vec<Found<&'s str>>> {
    let mut values = Vec::new();
    for branch in group {
        let SubSchema::Schema(schema) = branch else {
            return None;
        };
        match (value_lists(schema).next(), schema.types) {
            (Some(list), _) => values.extend(strings(list)),
            (None, Some(found)) if found.value == Types::One(Kinds::NULL) => {}
            (None, _) => return None,
        }
    }
    Some(values)
}

fn strings<'s>(list: &'s [Node<'s>]) -> impl Iterator<Item = Found<&'s str>> {
    list.iter()
        .filter_map(|node| Some(Found::new(node.spot, node.text()?)))
}
