//! JSON that is read, compared and edited without a loss.
//!
//! Numbers and values without edits keep their text, and members their order. Of duplicate members the last one is read, and an
//! unpaired surrogate in a string is read as U+FFFD: so does Kratos, which is written in Go.

mod edit;
mod equality;
mod members;
pub(crate) mod path;
#[cfg(test)]
pub(crate) mod random_tests;
mod read;

use std::borrow::Cow;

use serde_json::value::RawValue;

pub(crate) use self::equality::{json_eq, typed_eq};
pub(crate) use self::members::Members;

/// The number of nested objects and arrays that are read, as in serde_json. It bounds recursive walks.
pub(crate) const DEPTH: usize = 128;

/// A JSON value. It borrows the text that it was read from.
#[derive(Clone)]
pub(crate) struct Json<'a> {
    /// The text; `None` after an edit, and for a value that was not read from a text.
    text: Option<&'a str>,
    kind: Kind<'a>,
}

#[derive(Clone)]
pub(crate) enum Kind<'a> {
    Null,
    Bool(bool),
    /// The text of the number.
    Number(&'a str),
    String(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    Object(Members<'a>),
    /// An object or array that is nested too deeply, or a value that is not known.
    Opaque,
}

impl<'a> Json<'a> {
    /// Reads a value.
    pub(crate) fn read(raw: &'a RawValue) -> Self {
        read::read(raw.get())
    }

    /// A value that was not read from a text.
    pub(crate) fn new(kind: Kind<'a>) -> Self {
        Self { text: None, kind }
    }

    pub(crate) fn null() -> Self {
        Self::new(Kind::Null)
    }

    /// An object with these members, in this order.
    pub(crate) fn object(
        members: impl IntoIterator<Item = (impl Into<Cow<'a, str>>, Json<'a>)>,
    ) -> Self {
        Self::new(Kind::Object(Members::new(members)))
    }

    pub(crate) fn array(items: impl IntoIterator<Item = Json<'a>>) -> Self {
        Self::new(Kind::Array(items.into_iter().collect()))
    }

    pub(crate) fn kind(&self) -> &Kind<'a> {
        &self.kind
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a number.
    pub(crate) fn as_number(&self) -> Option<&'a str> {
        match self.kind {
            Kind::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The items of an array.
    pub(crate) fn items(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    pub(crate) fn members(&self) -> Option<&Members<'a>> {
        match &self.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.members()?.get(name)
    }

    /// The value at a path.
    pub(crate) fn at(&self, path: &[String]) -> Option<&Self> {
        path.iter().try_fold(self, |here, name| match &here.kind {
            Kind::Object(members) => members.get(name),
            Kind::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The name of the type in JSON Schema; `None` if the value is opaque.
    pub(crate) fn type_name(&self) -> Option<&'static str> {
        Some(match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "boolean",
            Kind::Number(_) => "number",
            Kind::String(_) => "string",
            Kind::Array(_) => "array",
            Kind::Object(_) => "object",
            Kind::Opaque => return None,
        })
    }
}

/// The sorted names of the members of both objects; `None` if one of the values is not an object.
pub(crate) fn names<'t>(a: Option<&'t Json<'_>>, b: Option<&'t Json<'_>>) -> Option<Vec<&'t str>> {
    let (a, b) = (a?.members()?, b?.members()?);
    let all = a.sorted().chain(b.sorted());
    let mut names: Vec<&str> = all.map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    Some(names)
}
