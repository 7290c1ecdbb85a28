//! The first half of the derive: hands the struct to the macro that stands beside the traits type.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, DeriveInput};

use crate::errors::Errors;
use crate::updater::StructAttributes;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    match syn::parse2(input.clone()) {
        Ok(Head { attributes }) => hand_over(&attributes, &input),
        Err(error) => error.to_compile_error(),
    }
}

/// The attributes of the struct. The rest is read once, by the second half.
struct Head {
    attributes: Vec<Attribute>,
}

impl Parse for Head {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<TokenStream>()?;
        Ok(Self { attributes })
    }
}

fn hand_over(attributes: &[Attribute], input: &TokenStream) -> TokenStream {
    let (attributes, errors) = StructAttributes::read(attributes);
    let Some(traits) = &attributes.traits else {
        // Without the traits type there is nothing to check against: report what is known.
        return without_traits(&errors, input);
    };
    let runtime = attributes.runtime();
    quote! { #traits! { [#runtime] #input } }
}

fn without_traits(errors: &Errors, input: &TokenStream) -> TokenStream {
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    match syn::parse2::<DeriveInput>(input.clone()) {
        Ok(input) => missing_traits(&input).to_compile_error(),
        Err(error) => error.to_compile_error(),
    }
}

fn missing_traits(input: &DeriveInput) -> syn::Error {
    let name = &input.ident;
    syn::Error::new_spanned(
        name,
        format!(
            "`{name}` does not say which traits it updates\n\n\
             help: add `#[kratos(traits = CustomerTraits)]`, with the struct that was generated from your schema"
        ),
    )
}
