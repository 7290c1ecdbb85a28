//! The first half of the derive: hands the struct to the macro that stands beside the traits type.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::errors::{Errors, in_place_of_a_type};
use crate::updater::{self, Item, StructAttributes, attributes};

/// Reads the attributes of the struct; the rest is read once, by the second half.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = input.clone().into_iter().collect();
    match attributes(&tokens) {
        Ok((attributes, _)) => hand_over(StructAttributes::read(&attributes), input),
        Err(error) => error.to_compile_error(),
    }
}

fn hand_over((attributes, errors): (StructAttributes, Errors), input: TokenStream) -> TokenStream {
    let Some(traits) = &attributes.traits else {
        // Without the traits type there is nothing to check against: report what is known.
        return without_traits(&attributes, errors, input);
    };
    let runtime = attributes.runtime();
    quote! { #traits! { [#runtime] { #input } } }
}

fn without_traits(
    attributes: &StructAttributes,
    mut errors: Errors,
    input: TokenStream,
) -> TokenStream {
    let item = match Item::read(input) {
        Ok(item) => item,
        Err(error) => {
            errors.push(error);
            return errors.to_compile_errors();
        }
    };
    if !attributes.means_traits {
        errors.push(missing_traits(&item));
    }
    // What is wrong in the fields' own attributes is seen without the schema.
    updater::fields(&item, &mut errors);
    let Some((last, others)) = errors.split_last() else {
        return TokenStream::new();
    };
    let last = in_place_of_a_type(last);
    let others = others.iter().map(syn::Error::to_compile_error);
    let (runtime, name) = (attributes.runtime(), &item.name);
    let (impl_generics, type_generics, where_clause) = item.generics.split_for_impl();
    // One mistake gives one message, wherever the struct is used.
    quote! {
        #(#others)*
        #[automatically_derived]
        impl #impl_generics #runtime::SettingsUpdate for #name #type_generics #where_clause {
            type Traits = #last;
            type Access = <Self as #runtime::SettingsUpdate>::Traits;

            fn patch(&self) -> #runtime::Patch<<Self as #runtime::SettingsUpdate>::Traits> {
                #runtime::Patch::new()
            }
        }
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
