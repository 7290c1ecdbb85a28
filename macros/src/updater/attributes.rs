//! `#[kratos(…)]`, on the struct and on its fields.

use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitStr, Path, Token};

use crate::errors::Errors;
use crate::suggest::nearest;

const ON_STRUCT: [&str; 3] = ["traits", "privileged", "crate"];
const ON_FIELD: [&str; 4] = ["path", "nested", "flatten", "skip"];

/// `#[kratos(…)]` on the struct.
#[derive(Default)]
pub(crate) struct StructAttributes {
    pub(crate) traits: Option<Path>,
    /// The span of the word `privileged`.
    pub(crate) privileged: Option<Span>,
    /// The path of the runtime crate.
    pub(crate) runtime: Option<Path>,
    /// Whether an attribute could not be read: it may be a misspelt `privileged`.
    pub(crate) mistaken: bool,
    /// Whether `traits` is given, even misspelt or without its value.
    pub(crate) means_traits: bool,
}

impl StructAttributes {
    pub(crate) fn read(attributes: &[Attribute]) -> (Self, Errors) {
        let mut read = Self::default();
        let mut errors = Errors::default();
        each(attributes, &mut errors, |meta| {
            if meta.path.is_ident("traits") {
                read.means_traits = true;
                let traits = path_value(meta, "CustomerTraits")?;
                without_arguments(meta, &traits)?;
                once(&mut read.traits, traits, &meta.path)
            } else if meta.path.is_ident("privileged") {
                once(&mut read.privileged, meta.path.span(), &meta.path)?;
                alone(meta)
            } else if meta.path.is_ident("crate") {
                let runtime = path_value(meta, "::kratos_traits")?;
                once(&mut read.runtime, runtime, &meta.path)
            } else {
                let word = meta.path.to_token_stream().to_string();
                read.means_traits |= nearest(&word, ON_STRUCT) == Some("traits");
                Err(unknown(meta, "struct", &ON_STRUCT, "field", &ON_FIELD))
            }
        });
        read.mistaken = !errors.is_empty();
        (read, errors)
    }
}

/// `#[kratos(…)]` on a field.
pub(super) struct FieldAttributes {
    pub(super) path: Option<LitStr>,
    pub(super) form: Form,
}

/// The kind of a field, with the span of its word.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Value,
    Nested(Span),
    Flatten(Span),
    Skip,
}

impl FieldAttributes {
    /// `None` if one of the attributes is wrong.
    pub(super) fn read(attributes: &[Attribute], errors: &mut Errors) -> Option<Self> {
        let mut path: Option<LitStr> = None;
        let mut form: Option<(Form, String)> = None;
        let mut found = Errors::default();
        each(attributes, &mut found, |meta| {
            let word = meta.path.to_token_stream().to_string();
            let span = meta.path.span();
            let named = match word.as_str() {
                "path" => {
                    let literal = text_value(meta, "\"name.first\"")?;
                    return once(&mut path, literal, &meta.path);
                }
                "nested" => Form::Nested(span),
                "flatten" => Form::Flatten(span),
                "skip" => Form::Skip,
                _ => return Err(unknown(meta, "field", &ON_FIELD, "struct", &ON_STRUCT)),
            };
            alone(meta)?;
            match &form {
                Some((_, other)) if *other != word => {
                    Err(meta.error(format!("a field cannot be both `{other}` and `{word}`")))
                }
                Some(_) => Err(meta.error(format!("duplicate attribute `{word}`"))),
                None => {
                    form = Some((named, word));
                    Ok(())
                }
            }
        });
        if let (Some(literal), Some((Form::Flatten(_) | Form::Skip, word))) = (&path, &form) {
            let message =
                format!("a field that is `{word}` takes no path\n\nhelp: remove the path");
            found.on(literal, message);
        }
        let form = form.map_or(Form::Value, |(form, _)| form);
        let fine = found.is_empty();
        errors.extend(found);
        fine.then_some(Self { path, form })
    }
}

/// Reads each `kratos` attribute; one that cannot be read is an error, and the rest of it is skipped.
fn each(
    attributes: &[Attribute],
    errors: &mut Errors,
    mut read: impl FnMut(&ParseNestedMeta<'_>) -> syn::Result<()>,
) {
    for attribute in attributes
        .iter()
        .filter(|one| one.path().is_ident("kratos"))
    {
        let parsed = attribute.parse_nested_meta(|meta| {
            let result = read(&meta);
            if let Err(error) = result {
                errors.push(error);
                // Continues after the error, so that the next one is found too.
                while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
                    meta.input.parse::<proc_macro2::TokenTree>()?;
                }
            }
            Ok(())
        });
        if let Err(error) = parsed {
            errors.push(error);
        }
    }
}

/// Stores the value of an attribute; a second value is an error.
fn once<T>(slot: &mut Option<T>, value: T, path: &Path) -> syn::Result<()> {
    if slot.is_some() {
        let message = format!("duplicate attribute `{}`", path.to_token_stream());
        return Err(syn::Error::new_spanned(path, message));
    }
    *slot = Some(value);
    Ok(())
}

/// The value of an attribute that takes one.
fn value<'a>(meta: &ParseNestedMeta<'a>, example: &str) -> syn::Result<ParseStream<'a>> {
    if meta.input.peek(Token![=]) {
        return meta.value();
    }
    let word = meta.path.to_token_stream();
    let message = format!("`{word}` takes a value\n\nhelp: write `{word} = {example}`");
    Err(syn::Error::new_spanned(&meta.path, message))
}

/// A path as the value of an attribute. For a quoted path, as in other derives, the error suggests the path without quotes.
fn path_value(meta: &ParseNestedMeta<'_>, example: &str) -> syn::Result<Path> {
    let value = value(meta, example)?;
    if value.peek(LitStr) {
        let literal: LitStr = value.parse()?;
        let word = meta.path.to_token_stream();
        let meant = literal.parse_with(Path::parse_mod_style);
        let meant = meant.map_or_else(|_| example.to_owned(), |_| literal.value());
        let message =
            format!("expected a path, not a string literal\n\nhelp: write `{word} = {meant}`");
        return Err(syn::Error::new_spanned(literal, message));
    }
    value.call(Path::parse_mod_style)
}

/// A string literal as the value of an attribute. For a name without quotes, the error suggests the quotes.
fn text_value(meta: &ParseNestedMeta<'_>, example: &str) -> syn::Result<LitStr> {
    let value = value(meta, example)?;
    if value.peek(LitStr) {
        return value.parse();
    }
    let word = meta.path.to_token_stream();
    let ahead = value.fork();
    let meant = match ahead.parse::<Ident>() {
        Ok(name) if ahead.is_empty() || ahead.peek(Token![,]) => format!("\"{}\"", name.unraw()),
        _ => example.to_owned(),
    };
    Err(value.error(format!(
        "expected a string literal\n\nhelp: write `{word} = {meant}`"
    )))
}

/// A generated struct has no parameters.
fn without_arguments(meta: &ParseNestedMeta<'_>, traits: &Path) -> syn::Result<()> {
    if !meta.input.peek(Token![<]) {
        return Ok(());
    }
    meta.input.parse::<syn::AngleBracketedGenericArguments>()?;
    let message = "`traits` is the path of a generated struct, which has no parameters\n\n\
                   help: write the path of the struct alone: `traits = CustomerTraits`";
    Err(syn::Error::new_spanned(traits, message))
}

/// An attribute that takes no value.
fn alone(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.is_empty() || meta.input.peek(Token![,]) {
        return Ok(());
    }
    let word = meta.path.to_token_stream();
    Err(meta.error(format!(
        "`{word}` takes no value\n\nhelp: write `{word}` alone"
    )))
}

fn unknown(
    meta: &ParseNestedMeta<'_>,
    here: &str,
    known: &[&str],
    elsewhere: &str,
    known_elsewhere: &[&str],
) -> syn::Error {
    let word = meta.path.to_token_stream().to_string();
    let advice = if known_elsewhere.contains(&word.as_str()) {
        format!("it is an attribute of a {elsewhere}")
    } else {
        match nearest(&word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("a {here} has: `{}`", known.join("`, `")),
        }
    };
    meta.error(format!(
        "a {here} has no attribute `{word}`\n\nhelp: {advice}"
    ))
}
