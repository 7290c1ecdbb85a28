//! Reports a path that names no trait.

use syn::Ident;

use super::target::{is_struct, item};
use crate::errors::Errors;
use crate::suggest::nearest;
use crate::table::{Companion, Kind, Trait, written};
use crate::updater::Field;
use crate::visible::{is_hidden, visible};

/// The largest number of traits that a message lists.
const MOST_LISTED: usize = 24;

pub(super) fn report(field: &Field, path: &[String], table: &Companion, errors: &mut Errors) {
    let holder = table.holders(path).pop();
    let named = match &holder {
        Some(holder) if !is_struct(holder, table) => not_inside(holder, path, table),
        _ => {
            let (object, path) = (&table.object, visible(&written(path)));
            format!("`{object}` has no trait `{path}`")
        }
    };
    let (advice, near) = match &holder {
        Some(holder) if !is_struct(holder, table) => (String::new(), None),
        _ => advice(field, path, table),
    };
    let declared = match holder.or(near) {
        Some(shown) => {
            let (path, place) = (shown.shown_path(), table.place(&shown));
            format!("`{path}` is declared at {place}")
        }
        None => format!("the schema is {}", visible(&table.source)),
    };
    errors.on(
        &field.named_by,
        format!("{named}{advice}\n\nnote: {declared}"),
    );
}

/// Why there is no trait at this path inside a trait that is not an object with named members.
fn not_inside(holder: &Trait, path: &[String], table: &Companion) -> String {
    let (path_text, holder_path) = (visible(&written(path)), holder.shown_path());
    match holder.row.kind {
        Kind::Array => {
            let mut heads = (1..path.len()).map(|length| &path[..length]);
            match heads.find(|head| item(head, table).is_some()) {
                Some(item) => {
                    let item = visible(&written(item));
                    format!(
                        "nothing inside the item `{item}` has a path\n\nhelp: change `{item}` as a whole"
                    )
                }
                None => format!(
                    "an item of the array `{holder_path}` is named by its position: `{holder_path}.0`"
                ),
            }
        }
        Kind::Open => format!(
            "the schema names nothing inside `{holder_path}`\n\nhelp: change `{holder_path}` as a whole"
        ),
        Kind::Closed => format!("`{}` has no trait `{path_text}`", table.object),
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean | Kind::Any => {
            let ty = &holder.row.type_text;
            format!("`{path_text}` lies inside `{holder_path}`, which is of type `{ty}`")
        }
    }
}

/// A suggestion with its spelling, and the suggested trait or the array that holds it.
fn advice(field: &Field, path: &[String], table: &Companion) -> (String, Option<Trait>) {
    let mut known: Vec<(String, Trait)> = Vec::new();
    for one in table.all() {
        known.push((one.row.written_path(), one));
    }
    let listed: Vec<String> = known.iter().map(|(name, _)| name.clone()).collect();
    known.extend(items_at(path.last(), table));
    let deeper = known.iter().position(|(_, one)| {
        one.row.path.len() > 1 && path.len() == 1 && one.row.path.last() == path.last()
    });
    let near = deeper.or_else(|| {
        let near = nearest(&written(path), known.iter().map(|(name, _)| name.as_str()))?;
        known.iter().position(|(name, _)| name == near)
    });
    if let Some(near) = near {
        let (name, near) = known.swap_remove(near);
        let (name, spelling) = (visible(&name), spelling(field, &name));
        return (
            format!("\n\nhelp: did you mean `{name}`?{spelling}"),
            Some(near),
        );
    }
    let skip = if field.has_path {
        ""
    } else {
        "; a field that is no trait has `#[kratos(skip)]`"
    };
    let advice = if listed.len() > MOST_LISTED {
        format!("\n\nhelp: write the name of a trait, or its path: `#[kratos(path = \"…\")]`{skip}")
    } else {
        format!("\n\nhelp: it has `{}`{skip}", visible(&listed.join("`, `")))
    };
    (advice, None)
}

/// If the path is a position: the items at this position of all arrays.
fn items_at(position: Option<&String>, table: &Companion) -> Vec<(String, Trait)> {
    let Some(position) = position.filter(|name| name.parse::<usize>().is_ok()) else {
        return Vec::new();
    };
    let arrays = table.all().into_iter();
    arrays
        .filter(|one| one.row.kind == Kind::Array)
        .map(|array| (format!("{}.{position}", array.row.written_path()), array))
        .collect()
}

/// How a field names a trait whose name is not a field name.
fn spelling(field: &Field, near: &str) -> String {
    if field.has_path || syn::parse_str::<Ident>(near).is_ok() {
        return String::new();
    }
    if syn::parse_str::<Ident>(&format!("r#{near}")).is_ok() {
        return format!(" write `r#{near}`");
    }
    let literal = if near.contains('"') || near.contains(is_hidden) {
        format!("{near:?}")
    } else if near.contains('\\') {
        format!("r\"{near}\"")
    } else {
        format!("\"{near}\"")
    };
    format!(" write `#[kratos(path = {literal})]`")
}
