//! Values as Kratos compares them: numbers by what they are worth, objects in any order.

use std::collections::BTreeMap;

use super::json::{Node, Value};
use super::number::Number;

/// What a value is worth: found by a look among thousands, and not compared with each of them.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Worth<'t> {
    Null,
    Bool(bool),
    Number(Number),
    String(&'t str),
    Array(Vec<Worth<'t>>),
    Object(BTreeMap<&'t str, Worth<'t>>),
}

impl<'t> Worth<'t> {
    pub(super) fn of(node: &'t Node<'_>) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(text) => Self::Number(Number::read(text)),
            Value::String(text) => Self::String(text),
            Value::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            Value::Object(members) => {
                let members = members.iter();
                Self::Object(
                    members
                        .map(|one| (&*one.key, Self::of(&one.node)))
                        .collect(),
                )
            }
        }
    }
}
