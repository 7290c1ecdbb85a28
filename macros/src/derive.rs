//! The first half of the derive: hands the struct to the macro that stands beside the traits type.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::DeriveInput;

use crate::updater::StructAttributes;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    match syn::parse2(input).and_then(|input| hand_over(&input)) {
        Ok(tokens) => tokens,
        Err(error) => error.to_compile_error(),
    }
}

fn hand_over(input: &DeriveInput) -> syn::Result<TokenStream> {
    let (attributes, errors) = StructAttributes::read(&input.attrs);
    let Some(traits) = &attributes.traits else {
        // Without the traits type there is nothing to check against: report what is known.
        return Ok(if errors.is_empty() {
            missing_traits(input).to_compile_error()
        } else {
            errors.to_compile_errors()
        });
    };
    let runtime = attributes.runtime();
    let input = input.to_token_stream();
    Ok(quote! { #traits! { [#runtime] #input } })
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
