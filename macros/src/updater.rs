//! The user's struct: its attributes and fields, before anything is held against the schema.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Fields, GenericArgument, Ident, LitStr, Path, PathArguments, Type,
};

use crate::derive::default_runtime;
use crate::errors::Errors;

/// `#[kratos(…)]` on the struct.
#[derive(Default)]
pub(crate) struct StructAttributes {
    pub(crate) traits: Option<Path>,
    /// Where the word `privileged` stands, when it does.
    pub(crate) privileged: Option<Span>,
    runtime: Option<Path>,
}

impl StructAttributes {
    pub(crate) fn read(attributes: &[Attribute]) -> (Self, Errors) {
        let mut read = Self::default();
        let mut errors = Errors::default();
        for attribute in attributes
            .iter()
            .filter(|one| one.path().is_ident("kratos"))
        {
            let parsed = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("traits") {
                    once(&mut read.traits, meta.value()?.parse()?, &meta.path)
                } else if meta.path.is_ident("privileged") {
                    once(&mut read.privileged, meta.path.span(), &meta.path)
                } else if meta.path.is_ident("crate") {
                    once(&mut read.runtime, meta.value()?.call(Path::parse_mod_style)?, &meta.path)
                } else if meta.path.is_ident("path") {
                    Err(meta.error("`path` stands on a field; on the struct: `traits = …`, `privileged`, `crate = …`"))
                } else {
                    Err(meta.error("unknown attribute; on the struct: `traits = …`, `privileged`, `crate = …`"))
                }
            });
            if let Err(error) = parsed {
                errors.push(error);
            }
        }
        (read, errors)
    }

    pub(crate) fn runtime(&self) -> Path {
        self.runtime.clone().unwrap_or_else(default_runtime)
    }
}

/// Keeps the first value of an attribute; a second one is a mistake.
fn once<T>(slot: &mut Option<T>, value: T, path: &Path) -> syn::Result<()> {
    if slot.is_some() {
        let message = format!("`{}` stands twice", path.to_token_stream());
        return Err(syn::Error::new_spanned(path, message));
    }
    *slot = Some(value);
    Ok(())
}

/// One field: the trait that it names, and what it does with it.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) path: Vec<String>,
    /// The token that names the trait: the field's name, or the literal behind `path =`.
    pub(crate) named_by: TokenStream,
    pub(crate) effect: Effect,
    /// The type without the `Option`s that make the effect.
    pub(crate) value: Type,
}

/// What a field does, by its type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Set,
    SetOrKeep,
    SetRemoveOrKeep,
}

/// The fields of the struct; a field with a mistake of its own is left out.
pub(crate) fn fields(input: &DeriveInput, errors: &mut Errors) -> Vec<Field> {
    let Data::Struct(data) = &input.data else {
        errors.on(
            &input.ident,
            "only a struct can be a settings update: a field for each trait that it changes",
        );
        return Vec::new();
    };
    let Fields::Named(named) = &data.fields else {
        errors.on(
            &input.ident,
            "a settings update has named fields: the name of a field is the name of its trait",
        );
        return Vec::new();
    };
    named
        .named
        .iter()
        .filter_map(|field| read_field(field, errors))
        .collect()
}

fn read_field(field: &syn::Field, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    let mut path: Option<LitStr> = None;
    for attribute in field
        .attrs
        .iter()
        .filter(|one| one.path().is_ident("kratos"))
    {
        let parsed = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("path") {
                once(&mut path, meta.value()?.parse()?, &meta.path)
            } else {
                Err(meta.error("unknown attribute; on a field: `path = \"name.first\"`"))
            }
        });
        if let Err(error) = parsed {
            errors.push(error);
            return None;
        }
    }
    let (effect, value) = effect(&field.ty);
    Some(Field {
        path: match &path {
            Some(literal) => read_path(&literal.value()),
            None => vec![ident.unraw().to_string()],
        },
        named_by: match path {
            Some(literal) => literal.to_token_stream(),
            None => ident.to_token_stream(),
        },
        effect,
        value: value.clone(),
        ident,
    })
}

/// Splits at dots; `\.` is a dot inside a name.
fn read_path(written: &str) -> Vec<String> {
    let mut path = vec![String::new()];
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        let last = path.len() - 1;
        match c {
            '.' => path.push(String::new()),
            '\\' => path[last].extend(chars.next()),
            c => path[last].push(c),
        }
    }
    path
}

fn effect(field: &Type) -> (Effect, &Type) {
    match option(field) {
        None => (Effect::Set, field),
        Some(inner) => match option(inner) {
            None => (Effect::SetOrKeep, inner),
            Some(innermost) => (Effect::SetRemoveOrKeep, innermost),
        },
    }
}

/// The type inside an `Option`, which is known by its name: a macro cannot see through an alias.
fn option(outer: &Type) -> Option<&Type> {
    let path = match outer {
        Type::Group(group) => return option(&group.elem),
        Type::Paren(paren) => return option(&paren.elem),
        Type::Path(path) => path,
        _ => return None,
    };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if last.ident == "Option" => Some(inner),
        _ => None,
    }
}
