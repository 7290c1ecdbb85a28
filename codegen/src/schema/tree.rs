//! The tree that the keywords of a schema are read into.

use super::json::Node;
use super::keywords::Keyword;
use super::kinds::Kinds;
use super::role::Extension;
use super::source::Spot;

/// A value and its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<T> {
    pub(crate) spot: Spot,
    pub(crate) value: T,
}

/// A schema that is an object. Everything beside a `$ref` is left out, because Kratos ignores it.
#[derive(Debug, Default)]
pub(crate) struct Schema<'s> {
    pub(crate) spot: Spot,
    pub(crate) title: Option<&'s str>,
    pub(crate) description: Option<&'s str>,
    pub(crate) types: Option<Found<Types>>,
    pub(crate) format: Option<Found<&'s str>>,
    pub(crate) choices: Option<Found<&'s [Node<'s>]>>,
    pub(crate) constant: Option<&'s Node<'s>>,
    pub(crate) properties: Option<Found<Vec<Property<'s>>>>,
    pub(crate) patterns: Vec<Property<'s>>,
    pub(crate) required: Option<Found<Vec<Found<&'s str>>>>,
    pub(crate) additional: Option<Found<SubSchema<'s>>>,
    pub(crate) items: Option<Found<SubSchema<'s>>>,
    /// Schemas of some of the items: a list in `items`, and `additionalItems` beside one.
    pub(crate) some_items: Vec<SubSchema<'s>>,
    pub(crate) contains: Option<SubSchema<'s>>,
    /// `propertyNames`.
    pub(crate) member_names: Option<SubSchema<'s>>,
    /// The number of schemas in `items`, if that is a list.
    pub(crate) tuple: Option<usize>,
    /// The same, if `additionalItems` forbids further items.
    pub(crate) closed_tuple: Option<usize>,
    pub(crate) all_of: Vec<SubSchema<'s>>,
    /// `anyOf` and `oneOf`.
    pub(crate) alternatives: Vec<Vec<SubSchema<'s>>>,
    /// Schemas that may apply to the same value: `not`, `dependencies`.
    pub(crate) perhaps: Vec<SubSchema<'s>>,
    /// Lists in `dependencies`.
    pub(crate) dependents: Vec<Dependent<'s>>,
    /// `if`, `then` and `else`, which may apply to the same value too.
    pub(crate) conditions: Vec<SubSchema<'s>>,
    pub(crate) rules: Vec<Rule<'s>>,
    pub(crate) extension: Option<Extension>,
    pub(crate) reference: Option<Found<&'s str>>,
    /// A part was reported as wrong and left out, so an absent part may be present in the file.
    pub(crate) incomplete: bool,
}

/// A schema in a place where draft-07 also allows `true` and `false`.
#[derive(Debug)]
pub(crate) enum SubSchema<'s> {
    Schema(Box<Schema<'s>>),
    Bool(Found<bool>),
}

/// A member of `properties`; `spot` is where its key is.
#[derive(Debug)]
pub(crate) struct Property<'s> {
    pub(crate) name: &'s str,
    pub(crate) spot: Spot,
    pub(crate) schema: SubSchema<'s>,
}

/// A member of `dependencies`: a name, and the names that have to be present with it.
#[derive(Debug)]
pub(crate) struct Dependent<'s> {
    pub(crate) name: &'s str,
    pub(crate) wanted: Vec<Found<&'s str>>,
}

/// A keyword that narrows the values but not the type.
#[derive(Debug)]
pub(crate) struct Rule<'s> {
    pub(crate) keyword: Keyword,
    pub(crate) value: &'s Node<'s>,
}

/// The value of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Types {
    One(Kinds),
    Several(Kinds),
    /// Already reported.
    Unknown,
}

impl<'s> Rule<'s> {
    pub(super) fn of(keyword: Keyword, value: &'s Node<'s>) -> Self {
        Self { keyword, value }
    }
}

impl<'s> Schema<'s> {
    /// The place of the key, for a keyword of [`Keyword::NEED_TYPE`].
    pub(crate) fn spot_of(&self, keyword: Keyword) -> Option<Spot> {
        Some(match keyword {
            Keyword::Properties => self.properties.as_ref()?.spot,
            Keyword::Required => self.required.as_ref()?.spot,
            Keyword::AdditionalProperties => self.additional.as_ref()?.spot,
            Keyword::Items => self.items.as_ref()?.spot,
            _ => return None,
        })
    }

    /// Every schema in this one that Kratos applies.
    pub(crate) fn below(&self) -> impl Iterator<Item = &SubSchema<'s>> {
        // Names every field, so that a new one cannot be forgotten here.
        let Self {
            properties,
            patterns,
            additional,
            items,
            some_items,
            contains,
            member_names,
            all_of,
            alternatives,
            perhaps,
            conditions,
            spot: _,
            title: _,
            description: _,
            types: _,
            format: _,
            choices: _,
            constant: _,
            required: _,
            tuple: _,
            closed_tuple: _,
            dependents: _,
            rules: _,
            extension: _,
            reference: _,
            incomplete: _,
        } = self;
        let properties = properties.iter().flat_map(|found| &found.value);
        let named = properties.chain(patterns).map(|property| &property.schema);
        let found = [additional, items].into_iter().flatten();
        named
            .chain(found.map(|found| &found.value))
            .chain(contains)
            .chain(member_names)
            .chain(some_items)
            .chain(all_of)
            .chain(perhaps)
            .chain(conditions)
            .chain(alternatives.iter().flatten())
    }
}
