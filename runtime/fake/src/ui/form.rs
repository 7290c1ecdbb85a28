//! The nodes of the traits, and the values that go into them.

use serde_json::Value;

use super::node::{Group, Node};
use crate::paths::{Kind, Listed};

/// One node for each listed place; what is JSON has none.
pub(super) fn nodes(paths: &[Listed], group: Group) -> impl Iterator<Item = Node> {
    (paths.iter())
        .filter(|place| place.kind != Kind::Json)
        .map(move |place| Node::of_schema(place, group))
}

/// Every value that is no object and no array, by the name of its node.
pub(super) fn values(traits: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    if traits.is_object() {
        collect("traits".to_owned(), traits, &mut found);
    }
    found
}

fn collect(name: String, value: &Value, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                collect(format!("{name}.{}", key.replace('.', "\\.")), member, found);
            }
        }
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                collect(format!("{name}.{position}"), item, found);
            }
        }
        value => found.push((name, value.clone())),
    }
}
