//! `#[derive(SettingsUpdate)]`: reads the user's struct, and passes it through the companion macro of the traits type, which
//! adds the table.

mod attributes;
mod effect;
mod path;
mod value;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Data, DeriveInput, Fields, LitInt, LitStr};

use self::attributes::FieldAttributes;
use self::attributes::Form;
pub(crate) use self::attributes::StructAttributes;
pub(crate) use self::effect::Effect;
pub(crate) use self::value::Value;
use crate::errors::{Errors, in_place_of_a_type};
use crate::expand;
use crate::table::Companion;

/// One field: its target and its effect.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) target: Target,
    /// The token that names the target: the field's name, or the literal of `path =`.
    pub(crate) named_by: TokenStream,
    /// Whether it is named by `path =`.
    pub(crate) has_path: bool,
    pub(crate) effect: Effect,
    /// The type without the `Option`s of the effect.
    pub(crate) value: Value,
}

/// The target of a field.
pub(crate) enum Target {
    /// A trait: the field is its value.
    Trait(Vec<String>),
    /// An object among the traits: the field is an updater of it. With the span of the word `nested`.
    Nested(Vec<String>, Span),
    /// The same object: the field is another updater of it. With the span of the word `flatten`.
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

/// The first half: passes the struct to the macro with the name of the traits type.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let read_attributes = |input: ParseStream<'_>| {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<TokenStream>().map(|_| attributes)
    };
    let attributes = match read_attributes.parse2(input.clone()) {
        Ok(attributes) => attributes,
        Err(error) => return error.to_compile_error(),
    };
    let (attributes, errors) = StructAttributes::read(&attributes);
    if let Some(traits) = &attributes.traits {
        return quote!(#traits! { { #input } });
    }
    // Without the traits type there is no table to compare with, so only the mistakes found so far are reported.
    match syn::parse2(input) {
        Ok(item) => without_traits(&attributes, errors, &item),
        Err(error) => error.to_compile_error(),
    }
}

fn without_traits(
    attributes: &StructAttributes,
    mut errors: Errors,
    item: &DeriveInput,
) -> TokenStream {
    if !attributes.means_traits {
        errors.push(missing_traits(item));
    }
    // The attributes of the fields are checked without the schema.
    fields(item, &mut errors);
    let Some((last, others)) = errors.split_last() else {
        return TokenStream::new();
    };
    let last = in_place_of_a_type(last);
    let others = others.iter().map(syn::Error::to_compile_error);
    let runtime = match &attributes.runtime {
        Some(path) => path.to_token_stream(),
        None => quote!(::kratos_traits),
    };
    let name = &item.ident;
    let (impl_generics, type_generics, where_clause) = item.generics.split_for_impl();
    // A stub impl, so that uses of the struct compile and one mistake gives one message.
    quote! {
        #(#others)*
        #[automatically_derived]
        impl #impl_generics #runtime::SettingsUpdate for #name #type_generics #where_clause {
            type Traits = #last;
            type Access = <Self as #runtime::SettingsUpdate>::Traits;

            fn patch(&self) -> #runtime::Patch<
                <Self as #runtime::SettingsUpdate>::Traits,
                <Self as #runtime::SettingsUpdate>::Access,
            > {
                ::core::unimplemented!()
            }
        }
    }
}

fn missing_traits(item: &DeriveInput) -> syn::Error {
    let name = &item.ident;
    syn::Error::new_spanned(
        name,
        format!(
            "`{name}` does not say which traits it updates\n\n\
             help: add `#[kratos(traits = CustomerTraits)]`, with the struct that was generated from your schema"
        ),
    )
}

/// The input from a companion macro: the runtime, the table of the object, and the user's struct in braces.
struct Input {
    runtime: TokenStream,
    companion: Companion,
    item: DeriveInput,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime;
        syn::bracketed!(runtime in input);
        let [object, source] = [input.parse::<LitStr>()?, input.parse::<LitStr>()?];
        let fingerprint: LitInt = input.parse()?;
        let rows: LitStr = input.parse()?;
        let item;
        syn::braced!(item in input);
        let fingerprint = fingerprint.base10_parse()?;
        Ok(Self {
            runtime: runtime.parse()?,
            companion: Companion::new(object.value(), source.value(), fingerprint, rows.value()),
            item: item.parse()?,
        })
    }
}

/// The second half: expands the struct with the table.
pub(crate) fn settings_update(input: TokenStream) -> TokenStream {
    match syn::parse2::<Input>(input) {
        Ok(input) => expand::expand(&input.companion, &input.item, input.runtime),
        Err(error) => error.to_compile_error(),
    }
}

/// The fields of the struct; fields with mistakes are left out.
pub(crate) fn fields(item: &DeriveInput, errors: &mut Errors) -> Vec<Field> {
    let message = match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                let fields = fields.named.iter();
                return fields
                    .filter_map(|field| read_field(field, errors))
                    .collect();
            }
            Fields::Unnamed(_) | Fields::Unit => {
                "a settings update has named fields\n\n\
                 help: give each field the name of the trait that it changes"
            }
        },
        Data::Enum(_) | Data::Union(_) => {
            "only a struct can be a settings update\n\n\
             help: write a struct with a field for each trait that it changes"
        }
    };
    errors.on(&item.ident, message);
    Vec::new()
}

fn read_field(field: &syn::Field, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    let attributes = FieldAttributes::read(&field.attrs, errors)?;
    if matches!(attributes.form, Form::Skip) {
        return None;
    }
    let (effect, value) = effect::of(&field.ty, errors)?;
    let path = match &attributes.path {
        Some(literal) => path::read(literal, errors)?,
        None => vec![ident.unraw().to_string()],
    };
    Some(Field {
        target: match attributes.form {
            Form::Skip | Form::Value => Target::Trait(path),
            Form::Nested(word) => Target::Nested(path, word),
            Form::Flatten(word) => Target::Flattened(word),
        },
        has_path: attributes.path.is_some(),
        named_by: match attributes.path {
            Some(literal) => literal.to_token_stream(),
            None => ident.to_token_stream(),
        },
        effect,
        value: Value(value.clone()),
        ident,
    })
}
