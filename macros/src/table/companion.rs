//! The table of one object, in the form in which its companion macro passes it to the derive: a line of text for each row. The
//! derive reads only the rows that it needs.

use super::row::{Row, key};
use crate::messages::visible;

/// The table of one object.
pub(crate) struct Companion {
    /// The generated struct.
    pub(crate) object: String,
    /// The schema file.
    pub(crate) source: String,
    /// 0 if the table cannot be used.
    pub(crate) fingerprint: u64,
    /// The lines.
    pub(crate) rows: String,
}

impl Companion {
    /// Whether the table cannot be used, for which an error is already reported.
    pub(crate) fn is_stub(&self) -> bool {
        self.fingerprint == 0
    }

    /// The trait at this path.
    pub(crate) fn get(&self, path: &[String]) -> Option<Row> {
        self.starting_with(key(path) + ":").next()
    }

    /// The traits inside an object.
    pub(crate) fn inside(&self, path: &[String]) -> impl Iterator<Item = Row> {
        self.starting_with(key(path) + ".")
    }

    fn starting_with(&self, start: String) -> impl Iterator<Item = Row> {
        let lines = self.rows.lines();
        lines.filter(move |line| line.starts_with(&start)).map(read)
    }

    /// Whether the object is a generated struct, and so can have updaters.
    pub(crate) fn is_struct(&self, object: &Row) -> bool {
        object.kind.is_object() && self.inside(&object.path).next().is_some()
    }

    /// The traits that hold this one, the outermost first.
    pub(crate) fn holders(&self, path: &[String]) -> Vec<Row> {
        let depths = 1..path.len();
        depths
            .filter_map(|depth| self.get(&path[..depth]))
            .collect()
    }

    /// All traits, for messages about a path that names none.
    pub(crate) fn all(&self) -> impl Iterator<Item = Row> {
        self.rows.lines().map(read)
    }

    /// A note with the place where a trait is declared.
    pub(crate) fn note(&self, found: &Row) -> String {
        format!("note: the trait is declared at {}", self.place(found))
    }

    /// The file, line and column of a declaration.
    pub(crate) fn place(&self, found: &Row) -> String {
        let (line, column) = found.place.unwrap_or_default();
        format!("{}:{line}:{column}", visible(&self.source))
    }
}

/// Reads a line that `schema!` has written.
fn read(line: &str) -> Row {
    syn::parse_str(line).expect("a companion macro has rows that can be read")
}
