//! What generated code says of an object and its traits.

mod read;
mod role;

pub(crate) use self::role::{Credential, Role};
use crate::visible::visible;

/// What generated code says of an object and the schema that it comes from.
pub(crate) struct Facts {
    pub(crate) source: String,
    /// The generated struct.
    pub(crate) object: String,
    pub(crate) traits: Vec<TraitFacts>,
}

/// What generated code says of one trait.
pub(crate) struct TraitFacts {
    /// The position in the table, by which the runtime knows the trait.
    pub(crate) index: usize,
    pub(crate) path: Vec<String>,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) kind: Kind,
    pub(crate) rust_type: String,
    pub(crate) required: bool,
    /// The credential of which no trait outside of it can be an identifier.
    pub(crate) last_of: Option<Credential>,
    /// The generator's configuration denies it to updaters.
    pub(crate) denied: bool,
    pub(crate) nullable: bool,
    pub(crate) roles: Vec<Role>,
}

/// What can be inside a trait.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Members, and perhaps some that the schema does not name.
    Object {
        open: bool,
    },
    Array,
    /// A string, number, boolean, or whatever JSON there is.
    Value,
}

impl Facts {
    pub(crate) fn get(&self, path: &[String]) -> Option<&TraitFacts> {
        self.traits.iter().find(|facts| facts.path == path)
    }

    /// A note that says where a trait is declared.
    pub(crate) fn note(&self, facts: &TraitFacts) -> String {
        let (source, line, column) = (visible(&self.source), facts.line, facts.column);
        format!("note: the trait is declared at {source}:{line}:{column}")
    }
}

impl TraitFacts {
    pub(crate) fn written_path(&self) -> String {
        written(&self.path)
    }

    /// The same for a message.
    pub(crate) fn shown_path(&self) -> String {
        visible(&written(&self.path))
    }

    /// The first role that makes a change need a privileged session.
    pub(crate) fn privileged_role(&self) -> Option<&Role> {
        self.roles.iter().find(|role| role.is_privileged())
    }

    /// Whether one of the two is the other, or lies inside it.
    pub(crate) fn lies_with(&self, path: &[String]) -> bool {
        self.path.starts_with(path) || path.starts_with(&self.path)
    }
}

/// A path as users write it: `name.first`, a dot inside a name as `\.`.
pub(crate) fn written(path: &[String]) -> String {
    let escape = |name: &String| name.replace('\\', "\\\\").replace('.', "\\.");
    path.iter().map(escape).collect::<Vec<_>>().join(".")
}
