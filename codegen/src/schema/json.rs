//! A JSON document that knows where its parts are, keeps their order, and keeps numbers as they were written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::number::Number;
use super::source::Spot;

/// A value and the place where it begins. Equality ignores the places.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub(crate) spot: Spot,
    pub(crate) value: Value<'t>,
}

/// A JSON value. A number is its own text: for Kratos, `1.0` is not an integer and `1` is.
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
    /// The members of an object; none of any other value.
    pub(crate) fn members(&self) -> &[Member<'t>] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The member of an object with this key.
    pub(crate) fn member(&self, key: &str) -> Option<&Node<'t>> {
        let mut members = self.members().iter();
        let member = members.find(|member| member.key == key)?;
        Some(&member.node)
    }

    /// The text of a string.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of an array or the values of an object's members, in order.
    pub(crate) fn children(&self) -> impl DoubleEndedIterator<Item = &Node<'t>> {
        let items: &[Node<'t>] = match &self.value {
            Value::Array(items) => items,
            _ => &[],
        };
        let members = self.members().iter().map(|member| &member.node);
        items.iter().chain(members)
    }

    /// As [`children`](Self::children), to change them.
    pub(crate) fn children_mut(&mut self) -> impl Iterator<Item = &mut Node<'t>> {
        let (items, members): (&mut [Node<'t>], &mut [Member<'t>]) = match &mut self.value {
            Value::Array(items) => (items, &mut []),
            Value::Object(members) => (&mut [], members),
            _ => (&mut [], &mut []),
        };
        let members = members.iter_mut().map(|member| &mut member.node);
        items.iter_mut().chain(members)
    }

    /// The kind of value, as a message names it.
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

/// A value as Kratos compares values: numbers by their size, objects without the order of their members. It has a hash, so a
/// duplicate among thousands of values is found without comparing each pair.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum CanonicalValue<'t> {
    Null,
    Bool(bool),
    Number(Number),
    String(&'t str),
    Array(Vec<CanonicalValue<'t>>),
    Object(BTreeMap<&'t str, CanonicalValue<'t>>),
}

impl<'t> CanonicalValue<'t> {
    pub(super) fn of(node: &'t Node<'_>) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(text) => Self::Number(Number::read(text)),
            Value::String(text) => Self::String(text),
            Value::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|member| (&*member.key, Self::of(&member.node)));
                Self::Object(members.collect())
            }
        }
    }
}
