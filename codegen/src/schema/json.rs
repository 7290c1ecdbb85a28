//! A JSON document that knows where its parts are, keeps their order, and keeps numbers as they were written.

use std::borrow::Cow;

use super::source::Spot;

/// A value and the place where it begins. Two are equal when their values are, wherever they stand.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub(crate) spot: Spot,
    pub(crate) value: Value<'t>,
}

/// What a value is. A number is its own text: `1.0` is not an integer for Kratos, `1` is.
#[derive(Debug, PartialEq)]
pub(crate) enum Value<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    String(Cow<'t, str>),
    Array(Vec<Node<'t>>),
    Object(Vec<Member<'t>>),
}

/// A member of an object; `spot` is where its key begins.
#[derive(Debug)]
pub(crate) struct Member<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) spot: Spot,
    pub(crate) node: Node<'t>,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl PartialEq for Member<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.node == other.node
    }
}

impl<'t> Node<'t> {
    /// The member of an object.
    pub(crate) fn member(&self, key: &str) -> Option<&Node<'t>> {
        let Value::Object(members) = &self.value else {
            return None;
        };
        let member = members.iter().find(|member| member.key == key)?;
        Some(&member.node)
    }

    /// How a message names the kind of value.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}
