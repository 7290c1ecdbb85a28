//! The identity schema and the files that it refers to, and what a `$ref` in them means.

use super::url;
use crate::schema::draft::Draft;
use crate::schema::json::{Member, Node, Value};
use crate::schema::source::{Source, Spot};

/// Everything that was read; the identity schema is the first.
#[derive(Debug)]
pub(crate) struct SchemaSet<'t> {
    pub(crate) files: Vec<SchemaFile<'t>>,
}

/// One file.
#[derive(Debug)]
pub(crate) struct SchemaFile<'t> {
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
    /// The file that it is in, by its name.
    Itself,
    /// Nothing.
    Nowhere,
}

impl<'t> SchemaSet<'t> {
    /// Whether the file in which this place is has a path, and no URL.
    pub(super) fn is_local(&self, spot: Spot) -> bool {
        let file = self.files.iter().find(|file| file.has(spot));
        file.is_some_and(|file| !url::has_scheme(file.url))
    }

    /// The draft of the file in which this place is.
    pub(super) fn draft(&self, spot: Spot) -> Draft {
        let file = self.files.iter().find(|file| file.has(spot));
        file.map_or(Draft::Seven, |file| Draft::of(file.node))
    }

    /// What `written`, a `$ref` at `spot`, leads to.
    pub(crate) fn resolve(&self, spot: Spot, written: &str) -> Target<'t> {
        let Some(file) = self.files.iter().find(|file| file.has(spot)) else {
            return Target::Nowhere;
        };
        // A pointer starts at the root of its own file, whatever `$id` says in between.
        if written.is_empty() || written.starts_with("#/") || written == "#" {
            return pointer(file.node, url::split(written).1);
        }
        let wanted = url::join(&file.base(spot), written);
        let (url, fragment) = url::split(&wanted);
        let is_root = matches!(fragment, "" | "/");
        let name = if is_root { url } else { &wanted };
        // Only a whole `$id` is looked for, and only in the same file.
        if let Some(node) = file.named(file.node, file.url, name) {
            return Target::Node(node);
        }
        if url == file.url {
            return Target::Itself;
        }
        let Some(other) = self.files.iter().find(|one| one.url == url) else {
            return Target::Missing(String::from(url));
        };
        if is_root || fragment.starts_with('/') {
            return pointer(other.node, fragment);
        }
        let node = other.named(other.node, other.url, name);
        node.map_or(Target::Nowhere, Target::Node)
    }
}

impl<'t> SchemaFile<'t> {
    fn has(&self, spot: Spot) -> bool {
        self.node.spot.file() == spot.file()
    }

    /// What a reference at `spot` is relative to: the file, or the nearest `$id` above.
    fn base(&self, spot: Spot) -> String {
        let mut base = String::from(self.url);
        let mut node = self.node;
        loop {
            if let Some(id) = id(node, self.draft()) {
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

    /// The schema whose `$id` is the URL `wanted`; Kratos looks for it where the draft has schemas.
    fn named(&self, node: &'t Node<'t>, base: &str, wanted: &str) -> Option<&'t Node<'t>> {
        let own;
        let mut base = base;
        if let Some(id) = id(node, self.draft()) {
            own = url::join(base, id);
            if own == wanted || own.strip_suffix('#') == Some(wanted) {
                return Some(node);
            }
            base = &own;
        }
        let mut below = subschemas(node, self.draft());
        below.find_map(|node| self.named(node, base, wanted))
    }

    fn draft(&self) -> Draft {
        Draft::of(self.node)
    }
}

/// The schemas directly in `node`, where Kratos looks for an `$id`.
fn subschemas<'t>(node: &'t Node<'t>, draft: Draft) -> impl Iterator<Item = &'t Node<'t>> {
    let members: &[Member<'t>] = match &node.value {
        Value::Object(members) => members,
        _ => &[],
    };
    let has = |keyword: &str| members.iter().any(|member| member.key == keyword);
    let has_if = has("if");
    let has_items = has("items");
    let holds = move |keyword: &str| match keyword {
        "not"
        | "additionalProperties"
        | "allOf"
        | "anyOf"
        | "oneOf"
        | "definitions"
        | "properties"
        | "patternProperties"
        | "dependencies"
        | "items" => true,
        "additionalItems" => has_items,
        "propertyNames" | "contains" => draft >= Draft::Six,
        "if" | "then" | "else" => draft >= Draft::Seven && has_if,
        _ => false,
    };
    let is_map = |keyword: &str| {
        matches!(
            keyword,
            "definitions" | "properties" | "patternProperties" | "dependencies"
        )
    };
    let holders = members.iter().filter(move |member| holds(&member.key));
    holders.flat_map(move |member| -> Vec<&'t Node<'t>> {
        match &member.node.value {
            Value::Object(below) if is_map(&member.key) => {
                below.iter().map(|one| &one.node).collect()
            }
            Value::Array(items) => items.iter().collect(),
            _ => vec![&member.node],
        }
    })
}

fn id<'t>(node: &'t Node<'t>, draft: Draft) -> Option<&'t str> {
    match &node.member(draft.id())?.value {
        Value::String(id) => Some(id),
        _ => None,
    }
}

/// The value at a JSON pointer. Kratos takes `#/` for the root, and reads `%7E1` as the two characters `~1`.
fn pointer<'t>(root: &'t Node<'t>, pointer: &str) -> Target<'t> {
    let mut node = root;
    if pointer == "/" {
        return Target::Node(root);
    }
    for part in pointer.split('/').skip(1) {
        let part = url::decoded(&part.replace("~1", "/").replace("~0", "~"));
        let below = match &node.value {
            Value::Object(_) => node.member(&part),
            Value::Array(items) => part.parse().ok().and_then(|index: usize| items.get(index)),
            _ => None,
        };
        match below {
            Some(below) => node = below,
            None => return Target::Nowhere,
        }
    }
    Target::Node(node)
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
