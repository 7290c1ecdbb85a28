//! `#[kratos(…)]`, on the struct and on its fields.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitStr, Path, Token};

use crate::messages::{Errors, nearest, suggestion};
use crate::table::part;

/// The attributes of a struct.
const ON_STRUCT: [&str; 3] = ["traits", "privileged", "crate"];
/// The attributes of a field.
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
        for one in Argument::all(attributes, &mut errors) {
            let result = match one.name.as_str() {
                "traits" => (one.path_value("CustomerTraits")).map(|path| read.traits = Some(path)),
                "crate" => {
                    (one.path_value("::kratos_traits")).map(|path| read.runtime = Some(path))
                }
                "privileged" => one.without_value().map(|word| read.privileged = Some(word)),
                _ => Err(one.unknown(&ON_STRUCT, "field", &ON_FIELD)),
            };
            errors.0.extend(result.err());
            read.means_traits |= nearest(&one.name, ON_STRUCT) == Some("traits");
        }
        read.mistaken = !errors.0.is_empty();
        (read, errors)
    }
}

/// `#[kratos(…)]` on a field.
pub(super) struct FieldAttributes {
    pub(super) path: Option<LitStr>,
    pub(super) form: Form,
}

/// What a field contains, with the span of the attribute.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// The value of a trait.
    Value,
    /// An updater of an object among the traits.
    Nested(Span),
    /// Another updater of the same object.
    Flatten(Span),
    Skip,
}

impl FieldAttributes {
    /// `None` if one of the attributes is wrong.
    pub(super) fn read(attributes: &[Attribute], errors: &mut Errors) -> Option<Self> {
        let before = errors.0.len();
        let mut path = None;
        let mut form = Form::Value;
        let arguments = Argument::all(attributes, errors);
        for one in &arguments {
            let result = match one.name.as_str() {
                "path" => (one.text_value("\"name.first\"")).map(|text| path = Some(text)),
                "nested" => one.without_value().map(|word| form = Form::Nested(word)),
                "flatten" => one.without_value().map(|word| form = Form::Flatten(word)),
                "skip" => one.without_value().map(|_| form = Form::Skip),
                _ => Err(one.unknown(&ON_FIELD, "struct", &ON_STRUCT)),
            };
            errors.0.extend(result.err());
        }
        let forms: Vec<&Argument> = arguments
            .iter()
            .filter(|one| ["nested", "flatten", "skip"].contains(&&*one.name))
            .collect();
        if let [first, second, ..] = *forms {
            let (first, name) = (&first.name, &second.name);
            let message = format!("`{first}` and `{name}` cannot be combined");
            errors.on(&second.path, message);
        } else if let (Form::Flatten(_) | Form::Skip, Some(path)) = (form, &path) {
            let word = &forms[0].name;
            let message = format!("`{word}` and `path` cannot be combined\n\nhelp: remove `path`");
            errors.on(path, message);
        }
        (errors.0.len() == before).then_some(Self { path, form })
    }
}

/// `name` or `name = value`.
struct Argument {
    name: String,
    path: Path,
    value: Option<TokenStream>,
}

impl Argument {
    /// The arguments of all `kratos` attributes; duplicates are errors.
    fn all(attributes: &[Attribute], errors: &mut Errors) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for attribute in attributes {
            if !attribute.path().is_ident("kratos") {
                continue;
            }
            let parsed = attribute.parse_nested_meta(|meta| {
                let value = match meta.input.peek(Token![=]) {
                    true => Some(part(meta.value()?)?).filter(|value| !value.is_empty()),
                    false => None,
                };
                // After an error, continues with the next argument.
                while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
                    meta.input.parse::<TokenTree>()?;
                }
                let name = meta.path.to_token_stream().to_string();
                let path = meta.path;
                if found.iter().any(|other| other.name == name) {
                    errors.on(path, format!("duplicate attribute `{name}`"));
                } else {
                    found.push(Self { name, path, value });
                }
                Ok(())
            });
            errors.0.extend(parsed.err());
        }
        found
    }

    /// The span of an argument that takes no value.
    fn without_value(&self) -> syn::Result<Span> {
        if self.value.is_none() {
            return Ok(self.path.span());
        }
        let name = &self.name;
        let message = format!("`{name}` does not take a value\n\nhelp: write `{name}` only");
        Err(syn::Error::new_spanned(&self.path, message))
    }

    /// The value of an argument that takes one. For another value, `suggest` gives what it could mean.
    fn value<T>(
        &self,
        parser: impl Parser<Output = T>,
        expected: &str,
        example: &str,
        suggest: impl Fn(TokenStream) -> Option<String>,
    ) -> syn::Result<T> {
        let name = &self.name;
        let Some(value) = &self.value else {
            let message = format!("missing value of `{name}`\n\nhelp: write `{name} = {example}`");
            return Err(syn::Error::new_spanned(&self.path, message));
        };
        parser.parse2(value.clone()).map_err(|_| {
            let meant = suggest(value.clone()).unwrap_or_else(|| example.to_owned());
            let message = format!("expected {expected}\n\nhelp: write `{name} = {meant}`");
            syn::Error::new_spanned(value, message)
        })
    }

    /// A path. For a quoted path, as in other derives, the error suggests the path without quotes.
    fn path_value(&self, example: &str) -> syn::Result<Path> {
        let expected = "a path without quotes or parameters";
        self.value(Path::parse_mod_style, expected, example, |value| {
            let literal: LitStr = syn::parse2(value).ok()?;
            let path = literal.parse_with(Path::parse_mod_style);
            path.is_ok().then(|| literal.value())
        })
    }

    /// A string literal. For a name without quotes, the error suggests the quotes.
    fn text_value(&self, example: &str) -> syn::Result<LitStr> {
        self.value(
            <LitStr as Parse>::parse,
            "a string literal",
            example,
            |value| {
                let name: Ident = syn::parse2(value).ok()?;
                Some(format!("\"{}\"", name.unraw()))
            },
        )
    }

    fn unknown(&self, known: &[&str], elsewhere: &str, known_elsewhere: &[&str]) -> syn::Error {
        let name = &self.name;
        let help = match known_elsewhere.contains(&&**name) {
            true => format!("`{name}` is an attribute of a {elsewhere}"),
            false => suggestion(name, known),
        };
        let message = format!("unknown attribute `{name}`\n\nhelp: {help}");
        syn::Error::new_spanned(&self.path, message)
    }
}
