//! `$ref` across files: the files of one schema, and what a `$ref` in them leads to.
//!
//! Most identity schemas refer to nothing outside themselves and use draft-07; they pass through here without any of this work.

mod bundle;
mod draft04;
mod files;
mod resolve;
mod url;

pub(crate) use self::bundle::{bundled, pointers, push_part};
pub(super) use self::draft04::check_draft04;
pub(crate) use self::files::{ParsedFile, parse_files, read_files};
pub(super) use self::resolve::{Links, resolve_references};
#[cfg(feature = "kratos-config")]
pub(crate) use self::url::decode_base64;
pub(super) use self::url::is_url_reference;
use super::json::{Node, Value};
use super::keywords::{Draft, Keyword};
use super::source::{Source, Spot};

/// All files of one identity schema, which is the first of them.
#[derive(Debug)]
pub(crate) struct SchemaSet<'t> {
    pub(crate) files: Vec<SchemaFile<'t>>,
}

/// One file.
#[derive(Debug)]
pub(crate) struct SchemaFile<'t> {
    /// Its path, or the URL that it was mapped from.
    pub(crate) url: &'t str,
    pub(crate) source: &'t Source<'t>,
    pub(crate) node: &'t Node<'t>,
}

/// What a `$ref` leads to.
#[derive(Debug)]
pub(crate) enum Target<'t> {
    Node(&'t Node<'t>),
    /// Another file, by its URL, which was not read.
    Missing(String),
    /// The file that the `$ref` is in, by its name.
    Itself,
    /// Nothing in a file that was read.
    Nowhere,
}

impl<'t> SchemaSet<'t> {
    fn file(&self, spot: Spot) -> Option<&SchemaFile<'t>> {
        let mut files = self.files.iter();
        files.find(|file| file.node.spot.file() == spot.file())
    }

    /// Whether the file in which this place is has a path, not a URL.
    fn is_local(&self, spot: Spot) -> bool {
        self.file(spot)
            .is_some_and(|file| !url::has_scheme(file.url))
    }

    /// The draft of the file in which this place is.
    fn draft(&self, spot: Spot) -> Draft {
        self.file(spot).map_or(Draft::Seven, SchemaFile::draft)
    }

    /// What `written`, a `$ref` at `spot`, leads to.
    pub(crate) fn resolve(&self, spot: Spot, written: &str) -> Target<'t> {
        let Some(file) = self.file(spot) else {
            return Target::Nowhere;
        };
        // A pointer starts at the root of its own file; an `$id` between them does not change that.
        if written.is_empty() || written.starts_with("#/") || written == "#" {
            return at_pointer(file.node, url::split(written).1);
        }
        let wanted = url::join(&file.base(spot), written);
        let (url, fragment) = url::split(&wanted);
        let is_root = matches!(fragment, "" | "/");
        let name = if is_root { url } else { &wanted };
        // Only a whole `$id` is looked for, and only in the same file.
        if let Some(node) = file.find_id(file.node, file.url, name) {
            return Target::Node(node);
        }
        if url == file.url {
            return Target::Itself;
        }
        let Some(other) = self.files.iter().find(|one| one.url == url) else {
            return Target::Missing(String::from(url));
        };
        if is_root || fragment.starts_with('/') {
            return at_pointer(other.node, fragment);
        }
        let node = other.find_id(other.node, other.url, name);
        node.map_or(Target::Nowhere, Target::Node)
    }
}

impl<'t> SchemaFile<'t> {
    fn draft(&self) -> Draft {
        Draft::of(self.node)
    }

    /// What a reference at `spot` is relative to: the file, or the nearest `$id` above.
    fn base(&self, spot: Spot) -> String {
        let id = self.draft().id();
        let mut base = String::from(self.url);
        let mut node = self.node;
        loop {
            if let Some(id) = node.member(id).and_then(Node::text) {
                base = url::join(&base, id);
            }
            match node.children().rev().find(|below| below.spot <= spot) {
                Some(below) => node = below,
                None => return base,
            }
        }
    }

    /// The schema whose `$id` is the URL `wanted`. Kratos looks for it wherever the draft has schemas.
    fn find_id(&self, node: &'t Node<'t>, base: &str, wanted: &str) -> Option<&'t Node<'t>> {
        let own;
        let mut base = base;
        if let Some(id) = node.member(self.draft().id()).and_then(Node::text) {
            own = url::join(base, id);
            if own == wanted || own.strip_suffix('#') == Some(wanted) {
                return Some(node);
            }
            base = &own;
        }
        let mut below = schemas_below(node, self.draft());
        below.find_map(|node| self.find_id(node, base, wanted))
    }
}

/// The schemas directly in `node`, where Kratos looks for an `$id`.
fn schemas_below<'t>(node: &'t Node<'t>, draft: Draft) -> impl Iterator<Item = &'t Node<'t>> {
    let has = |keyword: Keyword| node.member(keyword.name()).is_some();
    let has_if = has(Keyword::If);
    let has_items = has(Keyword::Items);
    node.members().iter().flat_map(move |member| {
        let keyword = Keyword::of(&member.key).filter(|keyword| match keyword {
            Keyword::Then | Keyword::Else => has_if,
            Keyword::AdditionalItems => has_items,
            _ => true,
        });
        let keyword = keyword.filter(|keyword| keyword.since() <= draft);
        keyword.map_or_else(Vec::new, |keyword| keyword.schemas(&member.node))
    })
}

/// The value at a JSON pointer. Kratos takes `#/` for the root, and reads `%7E1` as the two characters `~1`.
fn at_pointer<'t>(root: &'t Node<'t>, pointer: &str) -> Target<'t> {
    let mut node = root;
    if pointer == "/" {
        return Target::Node(root);
    }
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        let part = url::percent_decoded(&part);
        let below = match &node.value {
            Value::Array(items) => part.parse().ok().and_then(|index: usize| items.get(index)),
            _ => node.member(&part),
        };
        match below {
            Some(below) => node = below,
            None => return Target::Nowhere,
        }
    }
    Target::Node(node)
}
