//! The objects of a table, each with the rows of its traits.

use std::collections::{BTreeMap, HashSet};

use proc_macro2::Ident;

use super::places::{Places, pointer};
use crate::messages::Errors;
use crate::table::{Head, Place, Row, Table};

/// An object with facts: the traits, or an object among them.
pub(super) struct Object<'a> {
    pub(super) name: &'a Ident,
    pub(super) members: Vec<Member>,
    /// A hash of the name and the rows, without the places.
    pub(super) fingerprint: u64,
    /// The rows for the companion macro.
    pub(super) rows: String,
}

/// A trait inside an object.
pub(super) struct Member {
    /// Its path begins at the object.
    pub(super) row: Row,
    pub(super) is_editable: bool,
    pub(super) access: Access,
    pub(super) constant: String,
}

/// Who may change a trait: the markers of the runtime, the strictest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Access {
    Ordinary,
    /// It is an identifier or an address, holds one, or is inside one.
    Privileged,
    /// It is an identifier that may be null, which Kratos would turn into an identifier.
    NullableIdentifier,
    /// It holds a denied trait.
    HoldsDenied,
    /// It is denied, or is inside a denied trait.
    Denied,
}

/// The objects of the first line of the table.
pub(super) fn of<'a>(head: &'a Head, table: &'a Table) -> syn::Result<Vec<Object<'a>>> {
    let mut errors = Errors::default();
    let finder = Finder::of(table);
    finder.check(head, &mut errors);
    let mut objects = Vec::new();
    for (index, name) in head.objects.iter().enumerate() {
        match finder.object(name, index == 0) {
            Ok(object) => objects.push(object),
            Err(error) => errors.0.push(error),
        }
    }
    errors.into_result(objects)
}

struct Finder<'a> {
    table: &'a Table,
    /// The rows by path, so that those inside an object are a range.
    by_path: BTreeMap<&'a [String], &'a Row>,
    places: Places,
}

impl<'a> Finder<'a> {
    fn of(table: &'a Table) -> Self {
        let rows = table.rows.iter();
        Self {
            table,
            by_path: rows.map(|row| (&*row.path, row)).collect(),
            places: Places::of(&table.schema.value()),
        }
    }

    /// Reports mistakes of the table as a whole.
    fn check(&self, head: &Head, errors: &mut Errors) {
        if let Some(first) = head.objects.first()
            && *first != self.table.object
        {
            let message = format!("the first object of the table is `{first}`");
            errors.on(&self.table.object, message);
        }
        let mut seen: HashSet<&[String]> = HashSet::with_capacity(self.table.rows.len());
        for row in &self.table.rows {
            let path = row.shown_path();
            if !seen.insert(&row.path) {
                errors.at(row.span, format!("duplicate row of the trait `{path}`"));
            }
            let holder = &row.path[..row.path.len() - 1];
            let holder_row = self.by_path.get(holder);
            let is_in_object = |row: &&Row| head.objects.iter().any(|name| is_object(name, row));
            if !holder.is_empty() && !holder_row.is_some_and(is_in_object) {
                let message =
                    format!("the trait `{path}` is in no object of the first line of the table");
                errors.at(row.span, message);
            }
        }
    }

    fn object(&self, name: &'a Ident, is_root: bool) -> syn::Result<Object<'a>> {
        let rows = &self.table.rows;
        let objects = rows.iter().filter(|row| is_object(name, row));
        let places: Vec<&[String]> = match is_root {
            true => vec![&[]],
            false => objects.map(|row| &*row.path).collect(),
        };
        let Some(first) = places.first() else {
            let message = format!("no trait of the table is of type `{name}`");
            return Err(syn::Error::new(name.span(), message));
        };
        let inside = |row: &&Row| row.path.len() > first.len() && row.path.starts_with(first);
        let mut members = Vec::new();
        let mut lines = String::new();
        let mut canonical = name.to_string();
        for row in rows.iter().filter(inside) {
            let mut member = self.member(row, first, &places)?;
            member.row.place = None;
            canonical.extend(["\n", &member.row.companion_line()]);
            member.row.place = Some(self.place(row)?);
            lines.extend([&*member.row.companion_line(), "\n"]);
            members.push(member);
        }
        Ok(Object {
            name,
            members,
            fingerprint: hash(&canonical),
            rows: lines,
        })
    }

    /// The member of the object at these places, of which `row` is at the first one.
    ///
    /// An object at two places has the roles of both, and the stricter access of the two.
    fn member(&self, row: &Row, first: &[String], places: &[&[String]]) -> syn::Result<Member> {
        let relative = &row.path[first.len()..];
        let mut merged = row.clone();
        merged.path = relative.to_vec();
        merged.constant = None;
        let mut access = self.access(row);
        for place in places {
            if let Some(same) = self.by_path.get(&*[place, relative].concat()) {
                merged.merge(same);
                access = access.max(self.access(same));
            }
            merged.within = merged.within.or_else(|| self.within(place));
        }
        if access == Access::Denied {
            merged.deny();
        }
        let constant = self.constant(row, first)?;
        if merged.constant().as_ref() != Some(&constant) {
            merged.constant = Some(Ident::new(&constant, row.span));
        }
        Ok(Member {
            row: merged,
            is_editable: !row.is_denied(),
            access,
            constant,
        })
    }

    /// The row itself, those that hold it, and those that it holds.
    fn access(&self, row: &Row) -> Access {
        let is_privileged = |row: &Row| row.privileged_role().is_some();
        let from_here = self.by_path.range(&*row.path..).skip(1);
        let inside = from_here
            .take_while(|(path, _)| path.starts_with(&row.path))
            .map(|(_, inner)| *inner);
        let inside: Vec<&Row> = inside.collect();
        let mut up: Vec<&Row> = self.holders(&row.path).collect();
        up.push(row);
        if up.iter().any(|one| one.is_denied()) {
            Access::Denied
        } else if inside.iter().any(|inner| inner.is_denied()) {
            Access::HoldsDenied
        } else if row.nullable_identifier().is_some() {
            Access::NullableIdentifier
        } else if up.into_iter().chain(inside).any(is_privileged) {
            Access::Privileged
        } else {
            Access::Ordinary
        }
    }

    /// The rows of the objects that hold the trait at this path, the outermost first.
    fn holders(&self, path: &'a [String]) -> impl Iterator<Item = &'a Row> {
        (1..path.len()).filter_map(|depth| self.by_path.get(&path[..depth]).copied())
    }

    /// The path and the privileged role of the object at this path, or of one that holds it.
    fn within(&self, path: &[String]) -> Option<(String, String)> {
        let mut depths = 1..=path.len();
        depths.find_map(|depth| {
            let holder = self.by_path.get(&path[..depth])?;
            let role = holder.privileged_role()?;
            Some((holder.shown_path(), role.to_string()))
        })
    }

    /// The constant of a row in the object at `holder`.
    ///
    /// On the traits, the name begins with that of the object that holds the trait; on the object itself, it does not.
    fn constant(&self, row: &Row, holder: &[String]) -> syn::Result<String> {
        let Some(whole) = row.constant() else {
            let message = format!(
                "the constant of `{}` has no default name\n\nhelp: write `const NAME` at the end of the row",
                row.shown_path()
            );
            return Err(syn::Error::new(row.span, message));
        };
        let prefix = self
            .by_path
            .get(holder)
            .and_then(|object| object.constant());
        let inner = prefix.as_ref().and_then(|prefix| {
            let inner = whole.strip_prefix(prefix)?.strip_prefix('_')?;
            let is_name = inner.starts_with(|c: char| !c.is_numeric());
            is_name.then(|| inner.to_owned())
        });
        Ok(inner.unwrap_or(whole))
    }

    fn place(&self, row: &Row) -> syn::Result<Place> {
        let (pointer, span) = match &row.at {
            Some(at) => (at.value(), at.span()),
            None => (pointer(&row.path), row.span),
        };
        self.places.find(&pointer).ok_or_else(|| {
            let path = row.shown_path();
            let message = format!("the trait `{path}` is not found in the schema at `{pointer}`");
            syn::Error::new(span, message)
        })
    }
}

fn is_object(name: &Ident, row: &Row) -> bool {
    row.kind.is_object() && name == &*row.type_text
}

/// FNV-1a, 64 bits: the same in every build. It distinguishes tables and is not cryptographic.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
