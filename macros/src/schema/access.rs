//! Who may change each trait: the facts of its row, of the traits that it holds, and of those that hold it.

use std::collections::BTreeMap;

use crate::table::{Role, Row};

/// Who may change a trait: the markers of the runtime, the strictest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Access {
    Ordinary,
    /// It is an identifier or an address, holds one, or lies in one.
    Privileged,
    /// It is an identifier that may be null, which Kratos would turn into an identifier.
    NullableIdentifier,
    /// It holds a denied trait.
    HoldsDenied,
    /// It is denied, or lies in a denied trait.
    Denied,
}

impl Access {
    pub(super) fn marker(self) -> &'static str {
        match self {
            Self::Ordinary => "Ordinary",
            Self::Privileged => "Privileged",
            Self::NullableIdentifier => "NullableIdentifier",
            Self::HoldsDenied => "HoldsDenied",
            Self::Denied => "Denied",
        }
    }
}

/// The rows by path, so that those inside an object are a range.
pub(super) struct Paths<'a> {
    rows: &'a [Row],
    by_path: BTreeMap<&'a [String], usize>,
}

impl<'a> Paths<'a> {
    pub(super) fn of(rows: &'a [Row]) -> Self {
        let indices = rows.iter().enumerate();
        Self {
            rows,
            by_path: indices.map(|(index, row)| (&*row.path, index)).collect(),
        }
    }

    pub(super) fn get(&self, path: &[String]) -> Option<&'a Row> {
        self.by_path.get(path).map(|index| &self.rows[*index])
    }

    /// The rows of the objects that hold this one.
    pub(super) fn holders(&self, row: &'a Row) -> impl Iterator<Item = &'a Row> {
        (1..row.path.len()).filter_map(|depth| self.get(&row.path[..depth]))
    }

    /// The rows of the traits in this one.
    pub(super) fn inside(&self, row: &'a Row) -> impl Iterator<Item = &'a Row> {
        let from_here = self.by_path.range(&*row.path..);
        from_here
            .skip_while(|(path, _)| **path == row.path)
            .take_while(|(path, _)| path.starts_with(&row.path))
            .map(|(_, index)| &self.rows[*index])
    }

    pub(super) fn access(&self, row: &'a Row) -> Access {
        let is_privileged = |row: &Row| row.privileged_role().is_some();
        if row.denied || self.holders(row).any(|holder| holder.denied) {
            Access::Denied
        } else if self.inside(row).any(|inner| inner.denied) {
            Access::HoldsDenied
        } else if row.is_nullable_identifier() {
            Access::NullableIdentifier
        } else if is_privileged(row)
            || self.holders(row).any(is_privileged)
            || self.inside(row).any(is_privileged)
        {
            Access::Privileged
        } else {
            Access::Ordinary
        }
    }

    /// The privileged role of the object at `depth` names of the path, or of an object that holds it, and the path of that object.
    pub(super) fn privileged_holder(&self, path: &[String]) -> Option<(String, Role)> {
        (1..=path.len()).find_map(|depth| {
            let holder = self.get(&path[..depth])?;
            Some((holder.written_path(), holder.privileged_role()?))
        })
    }
}
