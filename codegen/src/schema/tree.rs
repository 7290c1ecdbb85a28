//! The tree that the keywords of a schema are read into.

use super::extension::Extension;
use super::json::{Node, Value};
use super::keywords::Keyword;
use super::source::Spot;

/// A value and its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<T> {
    pub(crate) spot: Spot,
    pub(crate) value: T,
}

impl<T> Found<T> {
    pub(crate) fn new(spot: Spot, value: T) -> Self {
        Self { spot, value }
    }
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

/// What a schema inside another one applies to, seen from the value of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Within<'s> {
    /// The same value.
    Value,
    /// Items of an array.
    Items,
    /// A member that has a name in `properties`.
    NamedMember,
    /// Members with names of this pattern; `None` for all other members.
    Members(Option<&'s str>),
    /// The names of members.
    Names,
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

    /// The number in the rule, if it has this keyword.
    pub(crate) fn number(&self, keyword: Keyword) -> Option<&'s str> {
        match self.value.value {
            Value::Number(text) if self.keyword == keyword => Some(text),
            _ => None,
        }
    }
}

impl SubSchema<'_> {
    /// Whether no value satisfies the schema, because it is `false`.
    pub(crate) fn is_false(&self) -> bool {
        matches!(self, Self::Bool(found) if !found.value)
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

    /// The kinds that `type` allows; `None` without a valid `type`.
    pub(crate) fn type_kinds(&self) -> Option<Kinds> {
        match self.types?.value {
            Types::One(kinds) | Types::Several(kinds) => Some(kinds),
            Types::Unknown => None,
        }
    }

    /// The members in `properties`.
    pub(crate) fn named_members(&self) -> impl Iterator<Item = &Property<'s>> {
        self.properties.iter().flat_map(|found| &found.value)
    }

    /// The names in `required`.
    pub(crate) fn required_names(&self) -> impl Iterator<Item = &Found<&'s str>> {
        self.required.iter().flat_map(|found| &found.value)
    }

    /// Every schema in this one that Kratos applies, and what it applies to.
    pub(crate) fn below(&self) -> impl Iterator<Item = (Within<'s>, &SubSchema<'s>)> {
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
        let items = items.iter().map(|found| &found.value);
        let items = items.chain(some_items).chain(contains);
        let named = properties.iter().flat_map(|found| &found.value);
        let others = additional.iter().map(|found| &found.value);
        let same = all_of.iter().chain(perhaps).chain(conditions);
        let same = same.chain(alternatives.iter().flatten());
        items
            .map(|schema| (Within::Items, schema))
            .chain(named.map(|property| (Within::NamedMember, &property.schema)))
            .chain(patterns.iter().map(|property| {
                let pattern = Within::Members(Some(property.name));
                (pattern, &property.schema)
            }))
            .chain(others.map(|schema| (Within::Members(None), schema)))
            .chain(member_names.iter().map(|schema| (Within::Names, schema)))
            .chain(same.map(|schema| (Within::Value, schema)))
    }
}

/// A set of kinds. `number` is two: whole numbers, which `integer` allows too, and the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const INTEGER: Self = Self(4);
    pub(crate) const FRACTION: Self = Self(8);
    pub(crate) const NUMBER: Self = Self(4 | 8);
    pub(crate) const STRING: Self = Self(16);
    pub(crate) const ARRAY: Self = Self(32);
    pub(crate) const OBJECT: Self = Self(64);
    pub(crate) const ALL: Self = Self(127);

    /// The names that `type` takes.
    pub(crate) const TYPES: [&str; 7] = [
        "object", "array", "string", "integer", "number", "boolean", "null",
    ];

    pub(crate) fn of_type(name: &str) -> Option<Self> {
        Some(match name {
            "object" => Self::OBJECT,
            "array" => Self::ARRAY,
            "string" => Self::STRING,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "boolean" => Self::BOOLEAN,
            "null" => Self::NULL,
            _ => return None,
        })
    }

    /// What a value that equals `node` can be: `const` takes `1.0` for `1`.
    pub(crate) fn of_value(node: &Node<'_>) -> Self {
        match &node.value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(text) => {
                if text.parse::<f64>().is_ok_and(|value| value.fract() != 0.0) {
                    Self::FRACTION
                } else {
                    Self::NUMBER
                }
            }
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) fn is_within(self, other: Self) -> bool {
        other.has(self)
    }
}
