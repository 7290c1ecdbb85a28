//! Checks field types that are known by name from the standard library. All other types are left to the compiler, which knows
//! the conversions but not the places in the schema.

use quote::ToTokens;

use super::{Pair, Target};
use crate::errors::Errors;
use crate::table::{Companion, Trait};
use crate::updater::Value;

/// What a value of a well-known type can be set as.
const FITS: [(&[&str], &[&str]); 5] = [
    (&["bool"], &["bool"]),
    (&["i8", "i16", "i32", "u8", "u16", "u32"], &["i64", "f64"]),
    (&["i64"], &["i64"]),
    (&["f64"], &["f64"]),
    (&["String", "str", "char"], &["String"]),
];
/// Well-known types that no trait has.
const UNUSED: [&str; 7] = ["f32", "u64", "i128", "u128", "isize", "usize", "()"];
/// The types that generated structs have for scalars.
const SCALARS: [&str; 4] = ["String", "bool", "i64", "f64"];

pub(super) fn check(pair: &Pair<'_>, table: &Companion, errors: &mut Errors) {
    let value = &pair.field.value;
    let Some(given) = well_known(value) else {
        return;
    };
    let changed = match &pair.target {
        Target::Trait(changed) | Target::Item(changed, _) => changed,
        Target::Nested(object) => {
            no_updater(value, object, table, errors);
            return;
        }
        Target::Flattened(_) => return,
    };
    let whole = &*changed.row.type_text;
    // The type of the trait or item; a scalar does not convert into an array of it either.
    let scalar = item_type(whole).unwrap_or(whole);
    let expected = match pair.target {
        Target::Item(..) => scalar,
        _ => whole,
    };
    if given == "f32" && scalar == "f64" {
        rounding_artefacts(value, changed, table, errors);
        return;
    }
    let fits = converts(value, &given) && fits(&given, expected);
    if fits || !SCALARS.contains(&scalar) {
        return;
    }
    let (path, note) = (changed.shown_path(), table.note(changed));
    let path = match pair.target {
        Target::Item(_, position) => format!("{path}.{position}"),
        _ => path,
    };
    let shown = shown(value);
    errors.on(
        value,
        format!("`{path}` is of type `{expected}`, which `{shown}` does not fit\n\nhelp: write `{expected}`, or a type that is `Into<{expected}>`\n{note}"),
    );
}

/// Whether a value is known to fit a trait of this type.
pub(crate) fn surely_fits(value: &Value, expected: &str) -> bool {
    if value.text() == expected {
        return true;
    }
    let given = value.name();
    given.is_some_and(|(given, _)| converts(value, &given) && fits(&given, expected))
}

/// The type of the items of an array.
pub(crate) fn item_type(array: &str) -> Option<&str> {
    array.strip_prefix("Vec<")?.strip_suffix('>')
}

/// The only references that convert are `&str` and `&String`.
fn converts(value: &Value, given: &str) -> bool {
    let Some((_, references)) = value.name() else {
        return false;
    };
    match given {
        "str" => references == 1,
        "String" => references <= 1,
        _ => references == 0,
    }
}

fn fits(given: &str, expected: &str) -> bool {
    FITS.iter()
        .any(|(given_types, fit)| given_types.contains(&given) && fit.contains(&expected))
}

/// The type as the user wrote it.
fn shown(value: &Value) -> String {
    value.to_token_stream().to_string().replace("& ", "&")
}

/// Reports a well-known type that is used as an updater.
fn no_updater(value: &Value, object: &Trait, table: &Companion, errors: &mut Errors) {
    let (path, note) = (object.shown_path(), table.note(object));
    let (given, expected) = (shown(value), &object.row.type_text);
    errors.on(
        value,
        format!(
            "`{path}` takes an updater of `{expected}`, which `{given}` is not\n\n\
             help: write a struct that derives `SettingsUpdate` with `#[kratos(traits = {expected})]`\n{note}"
        ),
    );
}

/// Reports an `f32`: it converts, but to a different decimal number.
fn rounding_artefacts(value: &Value, changed: &Trait, table: &Companion, errors: &mut Errors) {
    let (path, note) = (changed.shown_path(), table.note(changed));
    errors.on(
        value,
        format!(
            "`{path}` takes `f64`: an `f32` would be saved with rounding artefacts, 180.1 as 180.10000610351563\n\n\
             help: write `f64`\n{note}"
        ),
    );
}

/// The name of a standard type; a type of the user is not expected to have the same name.
fn well_known(ty: &Value) -> Option<String> {
    let (name, _) = ty.name()?;
    let known = FITS.iter().any(|(given, _)| given.contains(&name.as_str()));
    (known || UNUSED.contains(&name.as_str())).then_some(name)
}
