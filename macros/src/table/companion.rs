//! The table of one object, in the form in which its companion macro passes it to the derive: a line of text for each row. The
//! derive reads only the rows that it needs.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitInt, LitStr, Token};

use super::fact::Role;
use super::row::{Row, key};
use crate::visible::visible;

/// A trait: its row, and other facts that the derive needs.
pub(crate) struct Trait {
    pub(crate) row: Row,
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// The privileged role of an object that holds the object of this table, and the path of that object.
    pub(crate) within: Option<(String, Role)>,
}

/// The line of a companion macro for a row.
pub(crate) fn companion_row(
    row: &Row,
    (line, column): (u32, u32),
    within: Option<(&str, Role)>,
) -> String {
    let within = within.map(|(holder, role)| format!(" within {holder:?} {}", role.text()));
    let within = within.unwrap_or_default();
    format!("{} @ {line}:{column}{within};", row.text())
}

impl Parse for Trait {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let row = Row::without_end(input)?;
        input.parse::<Token![@]>()?;
        let line: LitInt = input.parse()?;
        input.parse::<Token![:]>()?;
        let column: LitInt = input.parse()?;
        let mut within = None;
        if input.peek(Ident::peek_any) {
            super::keyword(input, "within")?;
            within = Some((input.parse::<LitStr>()?.value(), input.parse()?));
        }
        input.parse::<Token![;]>()?;
        Ok(Self {
            row,
            line: line.base10_parse()?,
            column: column.base10_parse()?,
            within,
        })
    }
}

/// The table of one object.
pub(crate) struct Companion {
    /// The schema file.
    pub(crate) source: String,
    /// The generated struct.
    pub(crate) object: String,
    pub(crate) fingerprint: u64,
    rows: String,
}

impl Companion {
    pub(crate) fn new(object: String, source: String, fingerprint: u64, rows: String) -> Self {
        Self {
            source,
            object,
            fingerprint,
            rows,
        }
    }

    /// Whether this is the stub of a table of another version, which has no rows.
    pub(crate) fn is_stub(&self) -> bool {
        self.object.is_empty()
    }

    /// The trait at this path.
    pub(crate) fn get(&self, path: &[String]) -> Option<Trait> {
        let start = format!("{}:", key(path));
        let mut lines = self.rows.lines();
        lines.find(|line| line.starts_with(&start)).map(read)
    }

    /// The traits inside an object.
    pub(crate) fn inside(&self, path: &[String]) -> Vec<Trait> {
        let start = format!("{}.", key(path));
        let lines = self.rows.lines();
        lines
            .filter(|line| line.starts_with(&start))
            .map(read)
            .collect()
    }

    /// Whether the schema names members of the object at this path.
    pub(crate) fn names_members_of(&self, path: &[String]) -> bool {
        let start = format!("{}.", key(path));
        self.rows.lines().any(|line| line.starts_with(&start))
    }

    /// The traits that hold this one, the outermost first.
    pub(crate) fn holders(&self, path: &[String]) -> Vec<Trait> {
        let depths = 1..path.len();
        depths
            .filter_map(|depth| self.get(&path[..depth]))
            .collect()
    }

    /// All traits, for messages about a path that names none.
    pub(crate) fn all(&self) -> Vec<Trait> {
        self.rows.lines().map(read).collect()
    }

    /// A note with the place where a trait is declared.
    pub(crate) fn note(&self, found: &Trait) -> String {
        format!("note: the trait is declared at {}", self.place(found))
    }

    /// The file, line and column of a declaration.
    pub(crate) fn place(&self, found: &Trait) -> String {
        let (source, line, column) = (visible(&self.source), found.line, found.column);
        format!("{source}:{line}:{column}")
    }
}

/// Reads a line that `schema!` has written.
fn read(line: &str) -> Trait {
    syn::parse_str(line).expect("a companion macro has rows that can be read")
}

impl Trait {
    /// Its path for a message.
    pub(crate) fn shown_path(&self) -> String {
        visible(&self.row.written_path())
    }
}
