//! The objects of a table, each with the rows of its traits.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::access::{Access, Paths};
use crate::places::{Place, Places, pointer};
use crate::table::{Head, Role, Row, Table, companion_row};

/// An object with facts: the traits, or an object among them.
pub(super) struct Object<'a> {
    pub(super) name: &'a Ident,
    pub(super) members: Vec<Member>,
    /// A hash of the name and the rows, without the places.
    pub(super) fingerprint: u64,
    /// The rows for the companion macro.
    pub(super) text: String,
}

/// A trait inside an object.
pub(super) struct Member {
    /// Its path begins at the object.
    pub(super) row: Row,
    pub(super) place: Place,
    pub(super) access: Access,
    pub(super) constant: String,
}

/// The objects of the first line of the table.
pub(super) fn of<'a>(head: &'a Head, table: &'a Table) -> syn::Result<Vec<Object<'a>>> {
    let finder = Finder {
        table,
        paths: Paths::of(&table.rows),
        places: Places::of(&table.schema.value()),
    };
    let mut errors: Vec<syn::Error> = Vec::new();
    errors.extend(finder.mistakes(head));
    let mut objects = Vec::new();
    for (index, name) in head.objects.iter().enumerate() {
        match finder.object(name, index == 0) {
            Ok(object) => objects.push(object),
            Err(error) => errors.push(error),
        }
    }
    let all = errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    });
    all.map_or(Ok(objects), Err)
}

struct Finder<'a> {
    table: &'a Table,
    paths: Paths<'a>,
    places: Places,
}

impl<'a> Finder<'a> {
    /// Reports mistakes of the table as a whole.
    fn mistakes(&self, head: &Head) -> Vec<syn::Error> {
        let mut found = Vec::new();
        if let Some(first) = head.objects.first()
            && *first != self.table.object
        {
            let message = format!("the first object of the table is `{first}`");
            found.push(syn::Error::new(self.table.object.span(), message));
        }
        let mut seen: HashSet<&[String]> = HashSet::with_capacity(self.table.rows.len());
        for row in &self.table.rows {
            if !seen.insert(&row.path) {
                let message = format!("the trait `{}` has two rows", row.written_path());
                found.push(syn::Error::new(row.span, message));
            }
            let (_, holder) = row.path.split_last().unwrap_or((&row.path[0], &[]));
            if holder.is_empty() {
                continue;
            }
            match self.paths.get(holder) {
                Some(holder) if is_one_of(&head.objects, holder) => {}
                _ => {
                    let message = format!(
                        "the trait `{}` is in no object of the first line of the table",
                        row.written_path()
                    );
                    found.push(syn::Error::new(row.span, message));
                }
            }
        }
        found
    }

    fn object(&self, name: &'a Ident, is_root: bool) -> syn::Result<Object<'a>> {
        let places = self.places_of(name, is_root);
        let Some((first, others)) = places.split_first() else {
            let message = format!("no trait of the table is of type `{name}`");
            return Err(syn::Error::new(name.span(), message));
        };
        let mut members = Vec::new();
        let mut text = String::new();
        let mut canonical = name.to_string();
        for row in self.rows_in(first) {
            let relative = &row.path[first.len()..];
            let mut merged = Row {
                path: relative.to_vec(),
                constant: None,
                ..row.clone()
            };
            let mut access = self.paths.access(row);
            let mut within = self.within(first);
            merged.denied |= access == Access::Denied;
            for other in others {
                let path: Vec<String> = other.iter().chain(relative).cloned().collect();
                if let Some(same) = self.paths.get(&path) {
                    merged.merge(same);
                    // Of one member at two places, the stricter access holds.
                    access = access.max(self.paths.access(same));
                    merged.denied |= access == Access::Denied;
                }
                within = within.or_else(|| self.within(other));
            }
            let constant = self.constant(row, first)?;
            if constant.1 {
                merged.constant = Some(Ident::new(&constant.0, row.span));
            }
            let place = self.place(row)?;
            let no_place = (0, 0);
            let within = within.as_ref();
            let within = within.map(|(holder, role)| (holder.as_str(), *role));
            canonical.push('\n');
            canonical.push_str(&companion_row(&merged, no_place, within));
            text.push_str(&companion_row(&merged, place, within));
            text.push('\n');
            merged.denied = row.denied;
            members.push(Member {
                row: merged,
                place,
                access,
                constant: constant.0,
            });
        }
        Ok(Object {
            name,
            members,
            fingerprint: hash(&canonical),
            text,
        })
    }

    /// The paths of the objects of this type; that of the traits is empty.
    fn places_of(&self, name: &Ident, is_root: bool) -> Vec<&'a [String]> {
        if is_root {
            return vec![&[]];
        }
        let rows = self.table.rows.iter();
        rows.filter(|row| is_object(name, row))
            .map(|row| &*row.path)
            .collect()
    }

    fn rows_in(&self, path: &'a [String]) -> impl Iterator<Item = &'a Row> {
        let rows = self.table.rows.iter();
        rows.filter(move |row| row.path.len() > path.len() && row.path.starts_with(path))
    }

    /// The privileged role of the object at this path, or of one that holds it.
    fn within(&self, path: &[String]) -> Option<(String, Role)> {
        self.paths.privileged_holder(path)
    }

    /// The constant of a row in the object at `holder`, and whether the row must name it.
    ///
    /// On the traits, the name begins with that of the object that holds the trait; on the object itself, it does not.
    fn constant(&self, row: &Row, holder: &[String]) -> syn::Result<(String, bool)> {
        let Some(whole) = row.constant() else {
            let message = format!(
                "the constant of `{}` has no default name\n\nhelp: write `const NAME` at the end of the row",
                row.written_path()
            );
            return Err(syn::Error::new(row.span, message));
        };
        let prefix = self.paths.get(holder).and_then(Row::constant);
        let inner = prefix.as_ref().and_then(|prefix| {
            let inner = whole.strip_prefix(prefix)?.strip_prefix('_')?;
            let is_name = inner.starts_with(|c: char| !c.is_numeric());
            is_name.then(|| inner.to_owned())
        });
        let name = inner.unwrap_or(whole);
        let relative = Row {
            path: row.path[holder.len()..].to_vec(),
            constant: None,
            ..row.clone()
        };
        let is_default = relative.constant().as_deref() == Some(&*name);
        Ok((name, !is_default))
    }

    fn place(&self, row: &Row) -> syn::Result<Place> {
        let (pointer, span) = match &row.at {
            Some(at) => (at.value(), at.span()),
            None => (pointer(&row.path), row.span),
        };
        self.places.find(&pointer).ok_or_else(|| {
            let path = row.written_path();
            let message =
                format!("the schema has nothing at `{pointer}`, where `{path}` is declared");
            syn::Error::new(span, message)
        })
    }
}

fn is_object(name: &Ident, row: &Row) -> bool {
    row.kind.is_object() && name == &*row.type_text
}

fn is_one_of(objects: &[Ident], row: &Row) -> bool {
    objects.iter().any(|name| is_object(name, row))
}

/// FNV-1a, 64 bits: the same in every build. It distinguishes tables and is not cryptographic.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
