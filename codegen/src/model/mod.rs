//! What the traits are, in Kratos's terms: objects and their members, types, roles.
//!
//! The model in this file knows neither JSON Schema nor Rust. The other files build it from the schemas, find rules that no document
//! satisfies, and warn about what Kratos accepts but surprises.

mod build;
mod contradiction;
mod filled_in;
mod limits;
mod merge;
mod object;
mod roles;
mod warnings;

use crate::schema::{Found, Keyword, Rule, Schema, Spot};

pub(crate) use build::build;
pub(crate) use roles::{Inside, Roles};

/// An object whose members have names.
#[derive(Debug)]
pub(crate) struct Object<'s> {
    /// The id that [`Type::Back`] uses.
    pub(crate) id: usize,
    pub(crate) docs: Docs<'s>,
    pub(crate) members: Vec<Member<'s>>,
    pub(crate) additional: Additional<'s>,
}

/// What an object may have beside its named members.
#[derive(Debug)]
pub(crate) enum Additional<'s> {
    Nothing,
    Anything,
    Values(Box<Type<'s>>),
}

/// A named member: a trait, or a part of one.
#[derive(Debug)]
pub(crate) struct Member<'s> {
    pub(crate) name: &'s str,
    /// The place of its key.
    pub(crate) spot: Spot,
    /// Required by its own object.
    pub(crate) required: bool,
    pub(crate) docs: Docs<'s>,
    pub(crate) roles: Roles<'s>,
    /// It is an identifier for which Kratos accepts null.
    pub(crate) nullable_identifier: bool,
    /// Kratos fills it in when it is absent from a settings flow, and then refuses that.
    pub(crate) filled_in: Option<FilledIn>,
    pub(crate) value: Type<'s>,
}

/// Why Kratos refuses the `{}` that it writes for an absent member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilledIn {
    /// The member is an array.
    Array,
    /// The object may not be empty.
    Object,
    /// `dependencies` require something beside the object.
    Dependency,
}

/// A string that is one of some.
#[derive(Debug)]
pub(crate) struct Choice<'s> {
    pub(crate) docs: Docs<'s>,
    pub(crate) values: Vec<Found<&'s str>>,
}

/// The type of a value.
#[derive(Debug)]
pub(crate) enum Type<'s> {
    Plain(Plain),
    /// A string with its format.
    String(Option<&'s str>),
    Choice(Choice<'s>),
    Array(Box<Type<'s>>),
    Object(Object<'s>),
    /// An object with any names and values of one type.
    Map(Box<Type<'s>>),
    /// An object with any names and values.
    FreeForm,
    /// A value of that type, or null.
    Nullable(Box<Type<'s>>),
    /// The type of the object with that id, which contains this value.
    Back(usize),
}

/// A type without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plain {
    /// A whole number in `i64`.
    Integer,
    /// One in `u64` that may be too large for `i64`.
    Unsigned,
    /// One in either of them.
    Wide,
    Number,
    Boolean,
    /// Any JSON value.
    Any,
}

/// Any JSON value: the type that loses nothing if the schema does not limit the value to one type.
pub(crate) const ANY: Type<'static> = Type::Plain(Plain::Any);

/// The annotations and rules of a schema, for the doc comment of its member.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Docs<'s> {
    pub(crate) title: Option<&'s str>,
    pub(crate) description: Option<&'s str>,
    pub(crate) format: Option<&'s str>,
    pub(crate) rules: &'s [Rule<'s>],
}

impl<'s> Docs<'s> {
    /// Those of the schemas of a value; the first one that has any wins.
    fn of(schemas: &[&'s Schema<'s>]) -> Self {
        let format = schemas.iter().find_map(|schema| schema.format);
        let mut rules = schemas.iter().map(|schema| &*schema.rules);
        Self {
            title: schemas.iter().find_map(|schema| schema.title),
            description: schemas.iter().find_map(|schema| schema.description),
            format: format.map(|found| found.value),
            rules: rules.find(|rules| !rules.is_empty()).unwrap_or_default(),
        }
    }

    /// The number of a keyword.
    pub(crate) fn number(&self, keyword: Keyword) -> Option<&'s str> {
        self.rules.iter().find_map(|rule| rule.number(keyword))
    }
}
