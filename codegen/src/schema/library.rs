//! The identity schema and the files that it refers to, and what a `$ref` in them means.

use super::json::{Node, Value};
use super::source::{Source, Spot};
use super::url;

/// Everything that was read; the identity schema is the first.
#[derive(Debug)]
pub(crate) struct Library<'t> {
    pub(crate) books: Vec<Book<'t>>,
}

/// One file.
#[derive(Debug)]
pub(crate) struct Book<'t> {
    /// Its path, or the URL that it stands for.
    pub(crate) url: &'t str,
    pub(crate) source: &'t Source<'t>,
    pub(crate) node: &'t Node<'t>,
}

/// What a `$ref` leads to, or the URL of the file that would be needed for that.
#[derive(Debug)]
pub(crate) enum Target<'t> {
    Node(&'t Node<'t>),
    /// Another file, which is not here.
    Missing(String),
    /// Nothing.
    Nowhere,
}

impl<'t> Library<'t> {
    /// Whether the file in which this place is says that it is written in draft-04.
    pub(super) fn is_draft_four(&self, spot: Spot) -> bool {
        let book = self.books.iter().find(|book| book.has(spot));
        let draft = book.and_then(|book| book.node.member("$schema"));
        draft.is_some_and(|node| {
            matches!(&node.value, Value::String(draft) if draft == "http://json-schema.org/draft-04/schema#")
        })
    }

    /// What `written`, a `$ref` at `spot`, leads to.
    pub(crate) fn resolve(&self, spot: Spot, written: &str) -> Target<'t> {
        let Some(book) = self.books.iter().find(|book| book.has(spot)) else {
            return Target::Nowhere;
        };
        // A pointer starts at the root of its own file, whatever `$id` says in between.
        if written.is_empty() || written.starts_with("#/") || written == "#" {
            return pointer(book.node, url::split(written).1);
        }
        let wanted = url::join(&book.base(spot), written);
        let (file, fragment) = url::split(&wanted);
        for one in &self.books {
            if let Some(node) = one.named(one.node, one.url, &wanted) {
                return Target::Node(node);
            }
        }
        for one in &self.books {
            let node = if one.url == file {
                Some(one.node)
            } else {
                one.named(one.node, one.url, file)
            };
            if let Some(node) = node {
                return pointer(node, fragment);
            }
        }
        Target::Missing(String::from(file))
    }
}

impl<'t> Book<'t> {
    fn has(&self, spot: Spot) -> bool {
        self.node.spot.file() == spot.file()
    }

    /// What a reference at `spot` is relative to: the file, or the nearest `$id` above.
    fn base(&self, spot: Spot) -> String {
        let mut base = String::from(self.url);
        let mut node = self.node;
        loop {
            if let Some(id) = id(node) {
                base = url::join(&base, id);
            }
            let below = match &node.value {
                Value::Object(members) => members
                    .iter()
                    .rev()
                    .map(|member| &member.node)
                    .find(|node| node.spot <= spot),
                Value::Array(items) => items.iter().rev().find(|node| node.spot <= spot),
                _ => None,
            };
            match below {
                Some(below) => node = below,
                None => return base,
            }
        }
    }

    /// The schema whose `$id` is the URL `wanted`.
    fn named(&self, node: &'t Node<'t>, base: &str, wanted: &str) -> Option<&'t Node<'t>> {
        let own;
        let mut base = base;
        if let Some(id) = id(node) {
            own = url::join(base, id);
            if own == wanted || own.strip_suffix('#') == Some(wanted) {
                return Some(node);
            }
            base = &own;
        }
        match &node.value {
            Value::Object(members) => members
                .iter()
                .find_map(|member| self.named(&member.node, base, wanted)),
            Value::Array(items) => items.iter().find_map(|node| self.named(node, base, wanted)),
            _ => None,
        }
    }
}

fn id<'t>(node: &'t Node<'t>) -> Option<&'t str> {
    let Value::Object(members) = &node.value else {
        return None;
    };
    let id = members.iter().find(|member| member.key == "$id")?;
    match &id.node.value {
        Value::String(id) => Some(id),
        _ => None,
    }
}

/// The value at a JSON pointer.
fn pointer<'t>(root: &'t Node<'t>, pointer: &str) -> Target<'t> {
    let mut node = root;
    for part in pointer.split('/').skip(1) {
        let part = url::decoded(part).replace("~1", "/").replace("~0", "~");
        let below = match &node.value {
            Value::Object(members) => members
                .iter()
                .find(|member| member.key == part)
                .map(|member| &member.node),
            Value::Array(items) => part.parse().ok().and_then(|index: usize| items.get(index)),
            _ => None,
        };
        match below {
            Some(below) => node = below,
            None => return Target::Nowhere,
        }
    }
    if pointer.is_empty() || pointer.starts_with('/') {
        Target::Node(node)
    } else {
        Target::Nowhere
    }
}

/// Every `$ref` in `node`, with its value's place.
pub(crate) fn references<'t>(node: &'t Node<'t>, found: &mut Vec<(Spot, &'t str)>) {
    match &node.value {
        Value::Object(members) => {
            for member in members {
                match &member.node.value {
                    Value::String(written) if member.key == "$ref" => {
                        found.push((member.node.spot, written));
                    }
                    _ => references(&member.node, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
