//! Reports a path that names no trait.

use syn::Ident;

use super::item;
use crate::messages::{Errors, is_hidden, nearest, visible};
use crate::table::{Companion, Kind, Row, written};
use crate::updater::Field;

/// The largest number of traits that a message lists.
const MOST_LISTED: usize = 24;

pub(super) fn report(field: &Field, path: &[String], table: &Companion, errors: &mut Errors) {
    let holder = table.holders(path).pop();
    let no_struct = holder.as_ref().filter(|holder| !table.is_struct(holder));
    let (problem, near) = match no_struct {
        Some(holder) => (not_inside(holder, path, table), None),
        None => {
            let (advice, near) = advice(field, path, table);
            let (object, path) = (&table.object, visible(&written(path)));
            (
                format!("`{object}` has no trait `{path}`\n\nhelp: {advice}"),
                near,
            )
        }
    };
    let declared = match holder.or(near) {
        Some(shown) => {
            let (path, place) = (shown.shown_path(), table.place(&shown));
            format!("`{path}` is declared at {place}")
        }
        None => format!("the schema is {}", visible(&table.source)),
    };
    errors.on(&field.named_by, format!("{problem}\n\nnote: {declared}"));
}

/// Why there is no trait at this path inside a trait that is not an object with named members.
fn not_inside(holder: &Row, path: &[String], table: &Companion) -> String {
    let (path_text, holder_path) = (visible(&written(path)), holder.shown_path());
    match holder.kind {
        Kind::Array => {
            let mut heads = (1..path.len()).map(|length| &path[..length]);
            match heads.find(|head| item(head, table).is_some()) {
                Some(item) => {
                    let item = visible(&written(item));
                    format!(
                        "the item `{item}` can only be changed as a whole\n\nhelp: remove the path after `{item}`"
                    )
                }
                None => format!(
                    "expected the position of an item in the array `{holder_path}`\n\nhelp: write `{holder_path}.0` for the first one"
                ),
            }
        }
        Kind::Open => format!(
            "the schema declares no members of `{holder_path}`\n\nhelp: change `{holder_path}` as a whole"
        ),
        Kind::Closed => format!("`{}` has no trait `{path_text}`", table.object),
        Kind::String | Kind::Integer | Kind::Number | Kind::Boolean | Kind::Any => {
            let ty = &holder.type_text;
            format!("`{path_text}` is inside `{holder_path}`, which is of type `{ty}`")
        }
    }
}

/// A suggestion with its spelling, and the suggested trait or the array that holds it.
fn advice(field: &Field, path: &[String], table: &Companion) -> (String, Option<Row>) {
    let traits = table.all().map(|one| (written(&one.path), one));
    let mut known: Vec<(String, Row)> = traits.collect();
    let traits = known.len();
    known.extend(items_at(path.last(), table));
    let deeper = known.iter().position(|(_, one)| {
        one.path.len() > 1 && path.len() == 1 && one.path.last() == path.last()
    });
    let near = deeper.or_else(|| {
        let near = nearest(&written(path), known.iter().map(|(name, _)| name.as_str()))?;
        known.iter().position(|(name, _)| name == near)
    });
    if let Some(near) = near {
        let (name, near) = known.swap_remove(near);
        let (name, spelling) = (visible(&name), spelling(field, &name));
        return (format!("did you mean `{name}`?{spelling}"), Some(near));
    }
    let skip = match field.has_path {
        true => "",
        false => "; write `#[kratos(skip)]` on a field that is not a trait",
    };
    if traits > MOST_LISTED {
        let help = "write the name of a trait, or its path: `#[kratos(path = \"…\")]`";
        return (format!("{help}{skip}"), None);
    }
    let names = known[..traits].iter().map(|(name, _)| visible(name));
    let names = names.collect::<Vec<_>>().join("`, `");
    (format!("the traits are `{names}`{skip}"), None)
}

/// If the path is a position: the items at this position of all arrays.
fn items_at(position: Option<&String>, table: &Companion) -> Vec<(String, Row)> {
    let Some(position) = position.filter(|name| name.parse::<usize>().is_ok()) else {
        return Vec::new();
    };
    let arrays = table.all().filter(|one| one.kind == Kind::Array);
    arrays
        .map(|array| (format!("{}.{position}", written(&array.path)), array))
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
