//! What the traits are, in Kratos's terms: objects and their members, types, roles. No JSON Schema, no Rust.

mod build;
mod docs;
mod roles;
mod scalar;
mod unsupported;

use crate::schema::{Found, JsonType, Role, Spot};

pub(crate) use build::build;
pub(crate) use docs::Docs;

/// An object whose members have names.
#[derive(Debug)]
pub(crate) struct Object<'s> {
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
    /// Where its key is.
    pub(crate) spot: Spot,
    /// Required by its own object.
    pub(crate) required: bool,
    pub(crate) docs: Docs<'s>,
    /// Its own roles, and those of the values in it that have no name: array items, map values.
    pub(crate) roles: Vec<Role>,
    pub(crate) value: Type<'s>,
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
    /// One of the JSON types that need no more words.
    Plain(Plain),
    Choice(Choice<'s>),
    Array(Box<Type<'s>>),
    Object(Object<'s>),
    /// An object with any names and values of one type.
    Map(Box<Type<'s>>),
    /// An object with any names and values.
    FreeForm,
}

/// A type without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plain {
    String,
    Integer,
    Number,
    Boolean,
    /// Any JSON value.
    Any,
}

impl From<JsonType> for Plain {
    /// `null` and the types with parts are any value here.
    fn from(json: JsonType) -> Self {
        match json {
            JsonType::String => Self::String,
            JsonType::Integer => Self::Integer,
            JsonType::Number => Self::Number,
            JsonType::Boolean => Self::Boolean,
            JsonType::Object | JsonType::Array | JsonType::Null => Self::Any,
        }
    }
}
