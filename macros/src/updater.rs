//! `#[derive(SettingsUpdate)]`: reads the user's struct, and passes it through the companion macro of the traits type, which
//! adds the table.

mod attributes;
mod field;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Data, DeriveInput, Fields, LitInt, LitStr};

pub(crate) use self::attributes::{Form, StructAttributes};
pub(crate) use self::field::{Effect, Field, Value};
use crate::expand;
use crate::messages::{Errors, in_place_of_a_type};
use crate::table::Companion;

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
        let name = &item.ident;
        let message = format!(
            "`{name}` has no attribute `traits`\n\n\
             help: add `#[kratos(traits = CustomerTraits)]`, with the struct that was generated from your schema"
        );
        errors.on(name, message);
    }
    // The attributes of the fields are checked without the schema.
    fields(item, &mut errors);
    let Some((last, others)) = errors.0.split_last() else {
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

/// The input from a companion macro: the runtime, the table of the object, and the user's struct in braces.
struct Input {
    runtime: TokenStream,
    table: Companion,
    item: DeriveInput,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (runtime, item);
        syn::bracketed!(runtime in input);
        let table = Companion {
            object: input.parse::<LitStr>()?.value(),
            source: input.parse::<LitStr>()?.value(),
            fingerprint: input.parse::<LitInt>()?.base10_parse()?,
            rows: input.parse::<LitStr>()?.value(),
        };
        syn::braced!(item in input);
        Ok(Self {
            runtime: runtime.parse()?,
            table,
            item: item.parse()?,
        })
    }
}

/// The second half: expands the struct with the table.
pub(crate) fn settings_update(input: TokenStream) -> TokenStream {
    match syn::parse2::<Input>(input) {
        Ok(input) => expand::expand(&input.table, &input.item, input.runtime),
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
                    .filter_map(|field| Field::read(field, errors))
                    .collect();
            }
            Fields::Unnamed(_) | Fields::Unit => {
                "expected a struct with named fields\n\n\
                 help: give each field the name of the trait that it changes"
            }
        },
        Data::Enum(_) | Data::Union(_) => {
            "expected a struct\n\n\
             help: write a struct with a field for each trait that it changes"
        }
    };
    errors.on(&item.ident, message);
    Vec::new()
}
