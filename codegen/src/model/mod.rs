//! What the traits are, in Kratos's terms: objects and their members, types, roles.
//!
//! The model, which is in this file, knows neither JSON Schema nor Rust. The files beside it make it from the schemas, and say what no
//! document can obey and what Kratos runs otherwise than one would think.

mod build;
mod contradiction;
mod docs;
mod merged;
mod object;
mod range;
mod roles;
mod trap;
mod warnings;
mod written;

use crate::schema::{Found, Spot};

pub(crate) use build::build;
pub(crate) use docs::Docs;
pub(crate) use roles::Roles;

/// An object whose members have names.
#[derive(Debug)]
pub(crate) struct Object<'s> {
    /// What a [`Type::Back`] calls it.
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
    /// Where its key is.
    pub(crate) spot: Spot,
    /// Required by its own object.
    pub(crate) required: bool,
    pub(crate) docs: Docs<'s>,
    pub(crate) roles: Roles<'s>,
    /// It has a role that identifies, and Kratos takes null for it.
    pub(crate) nullable_identifier: bool,
    /// An optional member that Kratos fills in when it is absent from a settings flow, and then refuses.
    pub(crate) trap: Option<Trap>,
    pub(crate) value: Type<'s>,
}

/// What goes wrong when Kratos writes `{}` for an absent member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trap {
    /// The member is an array.
    Array,
    /// The object may not be empty.
    Object,
    /// `dependencies` want something beside the object.
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
    /// One of the JSON types that need no more words.
    Plain(Plain),
    /// A string, and its format.
    String(Option<&'s str>),
    Choice(Choice<'s>),
    Array(Box<Type<'s>>),
    Object(Object<'s>),
    /// An object with any names and values of one type.
    Map(Box<Type<'s>>),
    /// An object with any names and values.
    FreeForm,
    /// That, or null.
    Nullable(Box<Type<'s>>),
    /// The type of the object of that id, in which this value is.
    Back(usize),
}

/// A type without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plain {
    /// A whole number in `i64`.
    Integer,
    /// One in `u64`, and not in `i64`.
    Unsigned,
    /// One in either of them.
    Wide,
    Number,
    Boolean,
    /// Any JSON value.
    Any,
}

/// Any JSON value: what loses nothing where no type says more.
pub(crate) const ANY: Type<'static> = Type::Plain(Plain::Any);
