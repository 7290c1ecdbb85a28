//! The first half of the derive: hands the struct to the macro that stands beside the traits type.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::errors::Errors;
use crate::updater::{Item, StructAttributes, attributes};

/// Reads the attributes of the struct; the rest is read once, by the second half.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = input.clone().into_iter().collect();
    match attributes(&tokens) {
        Ok((attributes, _)) => hand_over(&StructAttributes::read(&attributes), input),
        Err(error) => error.to_compile_error(),
    }
}

fn hand_over((attributes, errors): &(StructAttributes, Errors), input: TokenStream) -> TokenStream {
    let Some(traits) = &attributes.traits else {
        // Without the traits type there is nothing to check against: report what is known.
        return without_traits(errors, input);
    };
    let runtime = attributes.runtime();
    quote! { #traits! { [#runtime] { #input } } }
}

fn without_traits(errors: &Errors, input: TokenStream) -> TokenStream {
    if !errors.is_empty() {
        return errors.to_compile_errors();
    }
    match Item::read(input) {
        Ok(item) => missing_traits(&item).to_compile_error(),
        Err(error) => error.to_compile_error(),
    }
}

fn missing_traits(item: &Item) -> syn::Error {
    let name = &item.name;
    syn::Error::new_spanned(
        name,
        format!(
            "`{name}` does not say which traits it updates\n\n\
             help: add `#[kratos(traits = CustomerTraits)]`, with the struct that was generated from your schema"
        ),
    )
}
