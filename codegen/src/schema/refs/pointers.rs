//! Where things stand in the embedded text, as JSON pointers.

use std::collections::{HashMap, HashSet};

use super::bundle;
use super::set::SchemaSet;
use crate::schema::json::{Node, Value};
use crate::schema::source::Spot;

/// The pointer of each key or item in `wanted`, in the text that is embedded: the schema's own, or that with other files in it.
pub(crate) fn pointers(set: &SchemaSet<'_>, wanted: &HashSet<Spot>) -> HashMap<Spot, String> {
    let mut search = Search {
        wanted,
        pointer: String::new(),
        found: HashMap::with_capacity(wanted.len()),
    };
    let Some((root, others)) = set.files.split_first() else {
        return search.found;
    };
    search.node(root.node);
    for (name, file) in bundle::names(root.node, others.len()).iter().zip(others) {
        search.pointer = format!("/definitions/{name}");
        search.node(file.node);
    }
    search.found
}

struct Search<'w> {
    wanted: &'w HashSet<Spot>,
    /// The pointer of the node at hand.
    pointer: String,
    found: HashMap<Spot, String>,
}

impl Search<'_> {
    fn node(&mut self, node: &Node<'_>) {
        let length = self.pointer.len();
        match &node.value {
            Value::Object(members) => {
                for member in members {
                    self.pointer.push('/');
                    push_part(&mut self.pointer, &member.key);
                    self.note(member.spot);
                    self.node(&member.node);
                    self.pointer.truncate(length);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.pointer.push('/');
                    self.pointer.push_str(&index.to_string());
                    self.note(item.spot);
                    self.node(item);
                    self.pointer.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, spot: Spot) {
        if self.wanted.contains(&spot) {
            self.found.insert(spot, self.pointer.clone());
        }
    }
}

/// A name as a part of a pointer.
pub(crate) fn push_part(pointer: &mut String, name: &str) {
    for character in name.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}
