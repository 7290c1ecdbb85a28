//! Bundles a schema and the files that it refers to into one text: the files become definitions, and every `$ref` points to them.

use std::fmt::Write as _;

use super::pointers::push_part;
use super::set::{SchemaSet, Target};
use crate::schema::json::{Node, Value};

/// The identity schema with all files that it refers to; `None` if there are none, so that its own text is complete.
pub(crate) fn bundled(set: &SchemaSet<'_>) -> Option<String> {
    let [root, others @ ..] = set.files.as_slice() else {
        return None;
    };
    if others.is_empty() {
        return None;
    }
    let mut bundle = Bundle {
        set,
        names: names(root.node, others.len()),
        out: String::with_capacity(root.source.text.len() * 2),
    };
    bundle.root(root.node);
    bundle.out.push('\n');
    Some(bundle.out)
}

/// An unused name among the definitions for every other file.
pub(super) fn names(root: &Node<'_>, count: usize) -> Vec<String> {
    let mut number = 0;
    let mut next = || loop {
        number += 1;
        let name = format!("file-{number}");
        let definitions = root.member("definitions");
        if definitions.is_none_or(|node| node.member(&name).is_none()) {
            return name;
        }
    };
    (0..count).map(|_| next()).collect()
}

struct Bundle<'l, 't> {
    set: &'l SchemaSet<'t>,
    names: Vec<String>,
    out: String,
}

impl Bundle<'_, '_> {
    fn root(&mut self, root: &Node<'_>) {
        let Value::Object(members) = &root.value else {
            return;
        };
        self.out.push('{');
        for member in members.iter().filter(|one| one.key != "definitions") {
            self.key(&member.key, 1);
            self.node(&member.node, &member.key, 1);
            self.out.push(',');
        }
        self.key("definitions", 1);
        self.out.push('{');
        if let Some(Value::Object(own)) = root.member("definitions").map(|node| &node.value) {
            for member in own {
                self.key(&member.key, 2);
                self.node(&member.node, "", 2);
                self.out.push(',');
            }
        }
        for (index, name) in self.names.clone().iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.key(name, 2);
            self.node(self.set.files[index + 1].node, "", 2);
        }
        self.line(1);
        self.out.push('}');
        self.line(0);
        self.out.push('}');
    }

    fn key(&mut self, key: &str, depth: usize) {
        self.line(depth);
        self.string(key);
        self.out.push_str(": ");
    }

    fn line(&mut self, depth: usize) {
        self.out.push('\n');
        for _ in 0..depth {
            self.out.push_str("  ");
        }
    }

    fn string(&mut self, text: &str) {
        self.out.push_str(&quoted(text));
    }

    fn node(&mut self, node: &Node<'_>, key: &str, depth: usize) {
        match &node.value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(value) => {
                let _ = write!(self.out, "{value}");
            }
            Value::Number(text) => self.out.push_str(text),
            Value::String(text) if key == "$ref" => {
                let written = self.reference(node, text);
                self.string(&written);
            }
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.out.push_str(if index > 0 { ", " } else { "" });
                    self.node(item, "", depth);
                }
                self.out.push(']');
            }
            Value::Object(members) => {
                self.out.push('{');
                // An `$id` below the root would change what the new references are relative to.
                let is_id = |key: &str, node: &Node<'_>| {
                    key == "$id" && matches!(node.value, Value::String(_))
                };
                let kept = members.iter().filter(|one| !is_id(&one.key, &one.node));
                let mut is_first = true;
                for member in kept {
                    if !is_first {
                        self.out.push(',');
                    }
                    is_first = false;
                    self.key(&member.key, depth + 1);
                    self.node(&member.node, &member.key, depth + 1);
                }
                if !is_first {
                    self.line(depth);
                }
                self.out.push('}');
            }
        }
    }

    /// The `$ref` as a pointer from the root of the bundle; unchanged if it does not resolve.
    fn reference(&self, at: &Node<'_>, written: &str) -> String {
        let Target::Node(target) = self.set.resolve(at.spot, written) else {
            return String::from(written);
        };
        let number = target.spot.file();
        let position = self
            .set
            .files
            .iter()
            .position(|file| file.node.spot.file() == number);
        let Some(position) = position else {
            return String::from(written);
        };
        let mut pointer = String::from("#");
        if position > 0 {
            let _ = write!(pointer, "/definitions/{}", self.names[position - 1]);
        }
        path_to(self.set.files[position].node, target, &mut pointer);
        pointer
    }
}

/// Adds the path from `root` down to `target`.
fn path_to(root: &Node<'_>, target: &Node<'_>, pointer: &mut String) -> bool {
    if std::ptr::eq(root, target) || root.spot == target.spot {
        return true;
    }
    let length = pointer.len();
    let mut step = |part: &str, node: &Node<'_>| {
        pointer.push('/');
        push_part(pointer, &part.replace('%', "%25"));
        let found = path_to(node, target, pointer);
        if !found {
            pointer.truncate(length);
        }
        found
    };
    match &root.value {
        Value::Object(members) => members.iter().any(|one| step(&one.key, &one.node)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .any(|(index, node)| step(&index.to_string(), node)),
        _ => false,
    }
}

fn quoted(text: &str) -> String {
    // Writing a string as JSON cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}
