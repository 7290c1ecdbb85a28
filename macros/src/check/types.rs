//! Field types that are recognized by name. The compiler checks all others, with a message that contains the place in the schema.

use quote::ToTokens;

use super::{ResolvedField, Target};
use crate::messages::Errors;
use crate::table::Companion;
use crate::updater::Value;

/// The types of the standard library that a macro can recognize, and the traits that they fit.
const FITS: [(&[&str], &[&str]); 5] = [
    (&["bool"], &["bool"]),
    (&["i8", "i16", "i32", "u8", "u16", "u32"], &["i64", "f64"]),
    (&["i64"], &["i64"]),
    (&["f64"], &["f64"]),
    (&["String", "str", "char"], &["String"]),
];

/// Reports an `f32`, which converts to another decimal number, and a value that is used as an updater.
pub(super) fn check(one: &ResolvedField<'_>, table: &Companion, errors: &mut Errors) {
    let value = &one.field.value;
    let (Some((given, _)), Some(changed)) = (value.name(), one.target.changed()) else {
        return;
    };
    let (path, note) = (one.target.shown_path(), table.note(changed));
    let expected = &*changed.type_text;
    let is_standard = FITS.iter().any(|(types, _)| types.contains(&&*given));
    if matches!(one.target, Target::Nested(_)) {
        if is_standard {
            let shown = value.to_token_stream();
            errors.on(
                value,
                format!(
                    "expected an updater of `{expected}` for `{path}`, found `{shown}`\n\n\
                     help: write a struct that derives `SettingsUpdate` with `#[kratos(traits = {expected})]`\n{note}"
                ),
            );
        }
    } else if given == "f32" && item_type(expected).unwrap_or(expected) == "f64" {
        errors.on(
            value,
            format!(
                "expected `f64` for `{path}`, found `f32`, which would be saved with rounding artefacts: 180.1 as \
                 180.10000610351563\n\nhelp: write `f64`\n{note}"
            ),
        );
    }
}

/// Whether a value is known to fit a trait of this type.
pub(crate) fn surely_fits(value: &Value, expected: &str) -> bool {
    let Some((given, references)) = value.name() else {
        return value.text() == expected;
    };
    // The only references that convert are `&str` and `&String`.
    let converts = match &*given {
        "str" => references == 1,
        "String" => references <= 1,
        _ => references == 0,
    };
    let mut fits = FITS.iter();
    value.text() == expected
        || converts
            && fits.any(|(types, traits)| types.contains(&&*given) && traits.contains(&expected))
}

/// The type of the items of an array.
pub(crate) fn item_type(array: &str) -> Option<&str> {
    array.strip_prefix("Vec<")?.strip_suffix('>')
}
