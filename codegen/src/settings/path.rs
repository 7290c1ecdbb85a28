//! Paths of traits, and which of them the settings deny to updaters.

use std::fmt;

use crate::diagnostics::nearest;

/// The segment of a path for what an array or a map contains.
pub(crate) const ITEMS: &str = "[]";

/// The path of a trait, such as `name.first`; empty for the traits object itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TraitPath(Vec<String>);

impl TraitPath {
    pub(super) fn is(&self, path: &[&str]) -> bool {
        self.0.iter().eq(path)
    }

    /// The message if the path is not in `known`; `purpose` completes "there is no trait `x` …".
    pub(super) fn unknown(&self, purpose: &str, known: &[Vec<&str>]) -> Option<String> {
        if known.iter().any(|known| self.is(known)) {
            return None;
        }
        let path = self.to_string();
        let names = known.iter().filter(|known| !known.is_empty());
        let names: Vec<String> = names.map(|known| written(known)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let hint = nearest(&path, &names).map_or_else(
            || "; write the path of a trait, such as `name.first`".into(),
            |name| format!("; did you mean `{name}`?"),
        );
        Some(format!("there is no trait `{path}` {purpose}{hint}"))
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
                '\\' => path[last].push(chars.next().unwrap_or('\\')),
                c => path[last].push(c),
            }
        }
        Self(path)
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

/// Which traits updaters may change, as the application decides it.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(super) denied: Vec<TraitPath>,
    /// None: all that are not denied.
    pub(super) allowed: Vec<TraitPath>,
}

impl Policy {
    /// Whether the trait itself is denied. The caller extends this to what contains it and to what it contains.
    pub(crate) fn denies(&self, path: &[&str]) -> bool {
        // An object with some allowed members is not denied itself: its other members are.
        let is_allowed =
            self.allowed.is_empty() || self.allowed.iter().any(|allowed| allowed.overlaps(path));
        !is_allowed || self.denied.iter().any(|denied| denied.is(path))
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
        // As in the derive and in the runtime, a backslash at the end is part of the name.
        assert!(TraitPath::from(r"a\").is(&[r"a\"]));
    }
}
