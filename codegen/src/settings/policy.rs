//! Which traits updaters may change: the application's own word, beside what Kratos says.

use super::{Origin, Said};

/// Paths of traits that are denied to updaters, or the only ones that are allowed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policy {
    denied: Vec<Rule>,
    /// Empty: whatever is not denied is allowed.
    allowed: Vec<Rule>,
}

/// A path, and where it was said.
type Rule = (TraitPath, Origin);

/// The names down to a trait.
pub(crate) type TraitPath = Vec<String>;

impl Policy {
    pub(crate) fn deny(&mut self, path: &Said) {
        self.denied.push((read(&path.text), path.origin.clone()));
    }

    pub(crate) fn allow(&mut self, path: &Said) {
        self.allowed.push((read(&path.text), path.origin.clone()));
    }

    /// What another policy denies and allows, too.
    #[cfg(any(feature = "toml", feature = "kratos-config"))]
    pub(crate) fn extend(&mut self, other: &Self) {
        self.denied.extend_from_slice(&other.denied);
        self.allowed.extend_from_slice(&other.allowed);
    }

    /// Whether the trait itself is denied; what holds it or lies in it has to follow.
    pub(crate) fn denies(&self, path: &[&str]) -> bool {
        let is = |(one, _): &Rule| one.iter().eq(path.iter().copied());
        // An object is not denied because only some of its members are allowed: the others are.
        let allows = |(one, _): &Rule| one.iter().zip(path).all(|(a, b)| a == b);
        self.denied.iter().any(is) || (!self.allowed.is_empty() && !self.allowed.iter().any(allows))
    }

    /// The paths that are denied, and where that was said.
    pub(crate) fn denied(&self) -> impl Iterator<Item = (&TraitPath, &Origin)> {
        self.denied.iter().map(|(path, origin)| (path, origin))
    }

    /// The same for those that are allowed.
    pub(crate) fn allowed(&self) -> impl Iterator<Item = (&TraitPath, &Origin)> {
        self.allowed.iter().map(|(path, origin)| (path, origin))
    }
}

/// A path as it is written where something is set: what [`read`] reads.
pub(crate) fn written(path: &[&str]) -> String {
    let names = path
        .iter()
        .map(|name| name.replace('\\', "\\\\").replace('.', "\\."));
    names.collect::<Vec<_>>().join(".")
}

/// Splits at dots; `\.` is a dot inside a name. The empty text is the traits object, which has no name.
pub(crate) fn read(written: &str) -> TraitPath {
    if written.is_empty() {
        return Vec::new();
    }
    let mut path = vec![String::new()];
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        let last = path.len() - 1;
        match c {
            '.' => path.push(String::new()),
            '\\' => path[last].extend(chars.next()),
            c => path[last].push(c),
        }
    }
    path
}
