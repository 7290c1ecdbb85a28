//! Paths of traits, and which of them the settings deny to updaters.

use std::borrow::Borrow;
use std::fmt;

use super::Spanned;

/// The segment of a path for what an array or a map contains.
pub(crate) const ITEMS: &str = "[]";

/// The path of a trait, such as `name.first`; empty for the traits object itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "toml", derive(serde::Deserialize), serde(from = "String"))]
#[cfg_attr(
    feature = "cli",
    derive(schemars::JsonSchema),
    schemars(with = "String")
)]
pub(crate) struct TraitPath(Vec<String>);

impl TraitPath {
    pub(super) fn is(&self, path: &[&str]) -> bool {
        self.0.iter().eq(path)
    }

    fn overlaps(&self, path: &[&str]) -> bool {
        self.0.iter().zip(path).all(|(own, other)| own == other)
    }
}

/// Splits at dots; `\.` is a dot in a name.
impl From<&str> for TraitPath {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            return Self(Vec::new());
        }
        let mut path = vec![String::new()];
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            let last = path.len() - 1;
            match c {
                '.' => path.push(String::new()),
                '\\' => path[last].extend(chars.next()),
                c => path[last].push(c),
            }
        }
        Self(path)
    }
}

impl From<String> for TraitPath {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&[&str]> for TraitPath {
    fn from(path: &[&str]) -> Self {
        Self(path.iter().map(|name| String::from(*name)).collect())
    }
}

/// As it is written in settings.
impl fmt::Display for TraitPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            let dot = if index > 0 { "." } else { "" };
            let name = name.replace('\\', "\\\\").replace('.', "\\.");
            write!(f, "{dot}{name}")?;
        }
        Ok(())
    }
}

/// The text of settings for this path.
pub(crate) fn written(path: &[&str]) -> String {
    TraitPath::from(path).to_string()
}

impl Borrow<TraitPath> for Spanned<TraitPath> {
    fn borrow(&self) -> &TraitPath {
        &self.value
    }
}

/// Which traits updaters may change, as the application decides it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy<'o> {
    pub(super) denied: &'o [Spanned<TraitPath>],
    /// None: all that are not denied.
    pub(super) allowed: &'o [Spanned<TraitPath>],
}

impl Policy<'_> {
    /// Whether the trait itself is denied. The caller extends this to what contains it and to what it contains.
    pub(crate) fn denies(self, path: &[&str]) -> bool {
        // An object with some allowed members is not denied itself: its other members are.
        let is_allowed = self.allowed.is_empty()
            || self
                .allowed
                .iter()
                .any(|allowed| allowed.value.overlaps(path));
        !is_allowed || self.denied.iter().any(|denied| denied.value.is(path))
    }
}

#[cfg(test)]
mod tests {
    use super::{TraitPath, written};

    #[test]
    fn a_path_is_written_as_it_is_read() {
        for (text, names) in [
            ("", &[][..]),
            ("a", &["a"]),
            ("name.first", &["name", "first"]),
            (r"a\.b.c\\", &["a.b", r"c\"]),
            ("a.", &["a", ""]),
        ] {
            assert!(TraitPath::from(text).is(names), "{text}");
            assert_eq!(written(names), text);
        }
    }
}
