//! The user's struct, before anything is held against the schema.

mod attributes;
mod effect;
mod item;
mod path;
mod tokens;
mod value;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;

pub(crate) use self::attributes::StructAttributes;
use self::attributes::{FieldAttributes, Form};
pub(crate) use self::effect::Effect;
use self::item::{Body, NamedField};
pub(crate) use self::item::{Item, attributes};
pub(crate) use self::value::Value;
use crate::errors::Errors;

/// One field: what it names, and what it does with it.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) target: Target,
    /// The token that names the target: the field's name, or the literal behind `path =`.
    pub(crate) named_by: TokenStream,
    /// Whether it is named by `path =`.
    pub(crate) has_path: bool,
    pub(crate) effect: Effect,
    /// The type without the `Option`s that make the effect.
    pub(crate) value: Value,
}

/// What a field names.
pub(crate) enum Target {
    /// A trait: the value of the field is its value.
    Trait(Vec<String>),
    /// An object among the traits: the field is an updater of it. Has the place of the word `nested`.
    Nested(Vec<String>, Span),
    /// The same object: the field is another updater of it. Has the place of the word `flatten`.
    Flattened(Span),
}

impl Target {
    /// The trait or object; `None` for a flattened field.
    pub(crate) fn path(&self) -> Option<&[String]> {
        match self {
            Self::Trait(path) | Self::Nested(path, _) => Some(path),
            Self::Flattened(_) => None,
        }
    }
}

/// The fields of the struct; a field with a mistake of its own is left out.
pub(crate) fn fields(item: &Item, errors: &mut Errors) -> Vec<Field> {
    let message = match &item.body {
        Body::Named(fields) => {
            let fields = fields.iter();
            return fields
                .filter_map(|field| read_field(field, errors))
                .collect();
        }
        Body::Nameless => {
            "a settings update has named fields\n\n\
             help: give each field the name of the trait that it changes"
        }
        Body::NoStruct => {
            "only a struct can be a settings update\n\n\
             help: write a struct with a field for each trait that it changes"
        }
    };
    errors.on(&item.name, message);
    Vec::new()
}

fn read_field(field: &NamedField, errors: &mut Errors) -> Option<Field> {
    let ident = field.name.clone();
    let attributes = FieldAttributes::read(&field.attributes, errors)?;
    let (effect, value) = effect::of(field.ty.clone(), errors)?;
    let path = match &attributes.path {
        Some(literal) => path::read(literal, errors)?,
        None => vec![ident.unraw().to_string()],
    };
    Some(Field {
        target: match attributes.form {
            Form::Skip => return None,
            Form::Value => Target::Trait(path),
            Form::Nested(word) => Target::Nested(path, word),
            Form::Flatten(word) => Target::Flattened(word),
        },
        has_path: attributes.path.is_some(),
        named_by: match attributes.path {
            Some(literal) => literal.to_token_stream(),
            None => ident.to_token_stream(),
        },
        effect,
        value: Value::new(value),
        ident,
    })
}
