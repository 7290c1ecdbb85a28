//! Types of the standard library that surely do not fit. All others are left to the compiler, which
//! knows what converts into what but not where the schema is.

use quote::ToTokens;

use super::{Pair, Target};
use crate::errors::Errors;
use crate::facts::{Facts, TraitFacts};
use crate::updater::Value;

/// What a value of a well-known type can be set as.
const FITS: [(&[&str], &[&str]); 5] = [
    (&["bool"], &["bool"]),
    (&["i8", "i16", "i32", "u8", "u16", "u32"], &["i64", "f64"]),
    (&["i64"], &["i64"]),
    (&["f64"], &["f64"]),
    (&["String", "str", "char"], &["String"]),
];
/// Well-known types that nothing in a schema is made of.
const STRANGERS: [&str; 7] = ["f32", "u64", "i128", "u128", "isize", "usize", "()"];
/// The types that generated structs have for scalars.
const SCALARS: [&str; 4] = ["String", "bool", "i64", "f64"];

pub(super) fn check(pair: &Pair<'_>, facts: &Facts, errors: &mut Errors) {
    let Some(given) = well_known(&pair.field.value) else {
        return;
    };
    let touched = match pair.target {
        Target::Trait(touched) | Target::Item(touched, _) => touched,
        Target::Nested(object) => {
            no_updater(pair, object, facts, errors);
            return;
        }
        Target::Flattened(_) => return,
    };
    let whole = touched.rust_type.as_str();
    let items = whole
        .strip_prefix("Vec<")
        .and_then(|items| items.strip_suffix('>'));
    // What stands for the trait or item; into an array of these no scalar converts either.
    let scalar = items.unwrap_or(whole);
    let expected = match pair.target {
        Target::Item(..) => scalar,
        _ => whole,
    };
    if given == "f32" && scalar == "f64" {
        digits_nobody_wrote(pair, touched, facts, errors);
        return;
    }
    let fits = converts(&pair.field.value, &given) && fits(&given, expected);
    if fits || !SCALARS.contains(&scalar) {
        return;
    }
    let (path, note) = (touched.shown_path(), facts.note(touched));
    let path = match pair.target {
        Target::Item(_, position) => format!("{path}.{position}"),
        _ => path,
    };
    let shown = shown(&pair.field.value);
    errors.on(
        &pair.field.value,
        format!("`{path}` is of type `{expected}`, which `{shown}` does not fit\n\nhelp: write `{expected}`, or a type that is `Into<{expected}>`\n{note}"),
    );
}

/// What the traits of several fields take that are given to the runtime together.
#[derive(Clone, Copy)]
pub(crate) enum Group {
    String,
    Bool,
    Integer,
    Number,
}

/// The group of a value that surely fits: of a well-known type, a text also behind one `&`.
pub(crate) fn known(value: &Value, touched: &TraitFacts) -> Option<Group> {
    let (given, _) = value.name_behind()?;
    if !converts(value, &given) || !fits(&given, &touched.rust_type) {
        return None;
    }
    match &*touched.rust_type {
        "String" => Some(Group::String),
        "bool" => Some(Group::Bool),
        "i64" => Some(Group::Integer),
        "f64" => Some(Group::Number),
        _ => None,
    }
}

/// Of references, only `&str` and `&String` convert.
fn converts(value: &Value, given: &str) -> bool {
    let Some((_, references)) = value.name_behind() else {
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

/// A well-known type updates nothing.
fn no_updater(pair: &Pair<'_>, object: &TraitFacts, facts: &Facts, errors: &mut Errors) {
    let (path, note) = (object.shown_path(), facts.note(object));
    let (given, expected) = (shown(&pair.field.value), &object.rust_type);
    errors.on(
        &pair.field.value,
        format!(
            "`{path}` takes an updater of `{expected}`, which `{given}` is not\n\n\
             help: write a struct that derives `SettingsUpdate` with `#[kratos(traits = {expected})]`\n{note}"
        ),
    );
}

/// An `f32` converts, but into another number.
fn digits_nobody_wrote(pair: &Pair<'_>, touched: &TraitFacts, facts: &Facts, errors: &mut Errors) {
    let (path, note) = (touched.shown_path(), facts.note(touched));
    errors.on(
        &pair.field.value,
        format!(
            "`{path}` takes `f64`: an `f32` would be saved with digits that nobody wrote, 180.1 as 180.10000610351563\n\n\
             help: write `f64`\n{note}"
        ),
    );
}

/// The name of a type of the standard library, which no user would give to a type of another kind.
fn well_known(ty: &Value) -> Option<String> {
    let name = ty.name()?;
    let known = FITS.iter().any(|(given, _)| given.contains(&name.as_str()));
    (known || STRANGERS.contains(&name.as_str())).then_some(name)
}
