//! Finds what a field names, and whether an updater may touch it at all.

use syn::Ident;

use super::{Pair, Target};
use crate::errors::Errors;
use crate::facts::{Facts, Kind, TraitFacts, written};
use crate::suggest::nearest;
use crate::updater::{self, Field};
use crate::visible::{is_hidden, visible};

/// A longer list helps nobody.
const MOST_LISTED: usize = 24;

pub(super) fn find<'a>(
    field: &'a Field,
    facts: &'a Facts,
    errors: &mut Errors,
) -> Option<Target<'a>> {
    let path = match &field.target {
        updater::Target::Flattened(word) => return Some(Target::Flattened(*word)),
        updater::Target::Trait(path) | updater::Target::Nested(path, _) => path,
    };
    let found = match facts.get(path) {
        Some(found) => Target::Trait(found),
        None => match item(path, facts) {
            Some((array, position)) => Target::Item(array, position),
            None => {
                unknown(field, path, facts, errors);
                return None;
            }
        },
    };
    match (&field.target, found) {
        (updater::Target::Nested(..), Target::Trait(object)) if is_struct(object, facts) => {
            Some(Target::Nested(object))
        }
        (updater::Target::Nested(_, word), _) => {
            let path = visible(&written(path));
            let note = found
                .facts()
                .map_or_else(String::new, |touched| facts.note(touched));
            let message = format!(
                "`{path}` is no object with members of its own\n\nhelp: remove `nested`, and give the field the value\n{note}"
            );
            errors.at(*word, message);
            None
        }
        _ => Some(found),
    }
}

/// The item of an array that the path ends in: `emails.0`.
fn item<'a>(path: &[String], facts: &'a Facts) -> Option<(&'a TraitFacts, usize)> {
    let (last, array) = path.split_last()?;
    let array = facts.get(array).filter(|facts| facts.kind == Kind::Array)?;
    // Written as Kratos writes it: `00` and `+0` are other names.
    let position = last.parse::<usize>().ok()?;
    (position.to_string() == *last).then_some((array, position))
}

/// Whether the object is a generated struct, and so can have updaters.
fn is_struct(object: &TraitFacts, facts: &Facts) -> bool {
    let inside = |one: &&TraitFacts| {
        one.path.len() > object.path.len() && one.path.starts_with(&object.path)
    };
    matches!(object.kind, Kind::Object { .. }) && facts.traits.iter().any(|one| inside(&one))
}

fn unknown(field: &Field, path: &[String], facts: &Facts, errors: &mut Errors) {
    let holder = (1..path.len())
        .rev()
        .find_map(|length| facts.get(&path[..length]));
    let inside_item = (1..path.len())
        .map(|length| &path[..length])
        .find(|path| item(path, facts).is_some())
        .map(|item| visible(&written(item)));
    let (object, source) = (&facts.object, visible(&facts.source));
    let (path_names, path) = (path, visible(&written(path)));
    let named = match holder.map(|holder| (holder, holder.kind)) {
        Some((holder, Kind::Array)) => match inside_item {
            Some(item) => {
                format!(
                    "nothing inside the item `{item}` has a path\n\nhelp: change `{item}` as a whole"
                )
            }
            None => {
                let holder = holder.shown_path();
                format!("an item of the array `{holder}` is named by its position: `{holder}.0`")
            }
        },
        Some((holder, Kind::Value)) => {
            let (holder, ty) = (holder.shown_path(), &holder.rust_type);
            format!("`{path}` lies inside `{holder}`, which is of type `{ty}`")
        }
        Some((holder, Kind::Object { open: true })) if !is_struct(holder, facts) => {
            let holder = holder.shown_path();
            format!(
                "the schema names nothing inside `{holder}`\n\nhelp: change `{holder}` as a whole"
            )
        }
        _ => format!("`{object}` has no trait `{path}`"),
    };
    let (advice, near) = match holder {
        Some(holder) if !is_struct(holder, facts) => (String::new(), None),
        _ => advice(field, path_names, facts),
    };
    let declared = match holder.or(near) {
        Some(shown) => {
            let (path, line, column) = (shown.shown_path(), shown.line, shown.column);
            format!("`{path}` is declared at {source}:{line}:{column}")
        }
        None => format!("the schema is {source}"),
    };
    errors.on(
        &field.named_by,
        format!("{named}{advice}\n\nnote: {declared}"),
    );
}

/// What the user may have meant and how it is written, and the trait that this is, or the array that holds it.
fn advice<'a>(
    field: &Field,
    path: &[String],
    facts: &'a Facts,
) -> (String, Option<&'a TraitFacts>) {
    let traits = facts.traits.iter().map(|one| (one.written_path(), one));
    let known: Vec<(String, &TraitFacts)> = traits.chain(items_at(path.last(), facts)).collect();
    let is_last = |(_, one): &&(String, &TraitFacts)| {
        one.path.len() > 1 && path.len() == 1 && one.path.last() == path.last()
    };
    let deeper = || known.iter().find(is_last);
    let near = || {
        let near = nearest(&written(path), known.iter().map(|(name, _)| name.as_str()))?;
        known.iter().find(|(name, _)| name == near)
    };
    if let Some((name, near)) = deeper().or_else(near) {
        let (name, spelling) = (visible(name), spelling(field, name));
        return (
            format!("\n\nhelp: did you mean `{name}`?{spelling}"),
            Some(near),
        );
    }
    let skip = if field.has_path {
        ""
    } else {
        "; what is no trait is `#[kratos(skip)]`"
    };
    let has = known[..facts.traits.len()].iter();
    let has: Vec<&str> = has.map(|(name, _)| name.as_str()).collect();
    let advice = if has.len() > MOST_LISTED {
        format!("\n\nhelp: write the name of a trait, or its path: `#[kratos(path = \"…\")]`{skip}")
    } else {
        format!("\n\nhelp: it has `{}`{skip}", visible(&has.join("`, `")))
    };
    (advice, None)
}

/// The items at this position, when it is one, of all arrays.
fn items_at<'a>(position: Option<&String>, facts: &'a Facts) -> Vec<(String, &'a TraitFacts)> {
    let Some(position) = position.filter(|name| name.parse::<usize>().is_ok()) else {
        return Vec::new();
    };
    let arrays = facts.traits.iter().filter(|one| one.kind == Kind::Array);
    arrays
        .map(|array| (format!("{}.{position}", array.written_path()), array))
        .collect()
}

/// How a field says a name that cannot be its own.
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

/// Notes a trait that the generator's configuration denies, touched itself or with its object.
pub(super) fn is_denied(pair: &Pair<'_>, facts: &Facts, errors: &mut Errors) -> bool {
    let Some(touched) = pair.target.facts() else {
        return false;
    };
    let mut denied = facts.traits.iter().filter(|one| one.denied);
    // An updater of an object is checked against the object's own facts.
    let whole = pair.whole().is_some();
    let found = denied.find(|one| {
        touched.path.starts_with(&one.path) || (whole && one.path.starts_with(&touched.path))
    });
    if let Some(denied) = found {
        let path = denied.shown_path();
        let note = facts.note(denied);
        errors.on(
            &pair.field.named_by,
            format!(
                "`{path}` is not for updaters: the generator's configuration denies it\n\n\
                 help: if people may change it, take it out of `deny` or name it in `allow`; for your operators, generate the schema \
                 a second time, under another name, without the denial\n{note}"
            ),
        );
    }
    found.is_some()
}

/// Kratos makes the identifier `%!s(<nil>)` of a null.
pub(super) fn nullable_identifier(pair: &Pair<'_>, facts: &Facts, errors: &mut Errors) {
    let Target::Trait(touched) = pair.target else {
        return;
    };
    if touched.nullable
        && let Some(role) = touched.roles.iter().find(|role| role.is_identifier())
    {
        let (path, note) = (touched.shown_path(), facts.note(touched));
        errors.on(
            &pair.field.named_by,
            format!(
                "`{path}` may be null and is {role}: Kratos would make the identifier `%!s(<nil>)` of it\n\n\
                 help: take `null` out of its `type` in the schema\n{note}"
            ),
        );
    }
}
