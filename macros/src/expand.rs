//! The second half of the derive: facts and struct become an implementation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{DeriveInput, Path, bracketed};

use crate::check::{self, Pair};
use crate::facts::Facts;
use crate::updater::{self, Effect, StructAttributes};

/// What the macro beside the traits type passes on.
struct Input {
    facts: Facts,
    updater: DeriveInput,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime;
        bracketed!(runtime in input);
        runtime.parse::<Path>()?;
        Ok(Self {
            facts: input.parse()?,
            updater: input.parse()?,
        })
    }
}

pub(crate) fn settings_update(input: TokenStream) -> TokenStream {
    match syn::parse2::<Input>(input) {
        Ok(Input { facts, updater }) => expand(&facts, &updater),
        Err(error) => error.to_compile_error(),
    }
}

fn expand(facts: &Facts, updater: &DeriveInput) -> TokenStream {
    let (attributes, mut errors) = StructAttributes::read(&updater.attrs);
    let fields = updater::fields(updater, &mut errors);
    let pairs = check::pair(&attributes, &fields, facts, &mut errors);
    if errors.is_empty() {
        let statements: TokenStream = pairs
            .iter()
            .map(|pair| statement(pair, &attributes))
            .collect();
        return implementation(&attributes, updater, &statements);
    }
    // The impl is written all the same, empty, so that one mistake gives one message.
    let stub = implementation(&attributes, updater, &TokenStream::new());
    let errors = errors.to_compile_errors();
    quote! { #errors #stub }
}

fn implementation(
    attributes: &StructAttributes,
    updater: &DeriveInput,
    statements: &TokenStream,
) -> TokenStream {
    let runtime = attributes.runtime();
    let traits = &attributes.traits;
    let name = &updater.ident;
    let (impl_generics, type_generics, where_clause) = updater.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::SettingsUpdate for #name #type_generics #where_clause {
            type Traits = #traits;

            fn patch(&self) -> #runtime::Patch<#traits> {
                #[allow(unused_mut)]
                let mut patch = #runtime::Patch::<#traits>::new();
                #statements
                patch
            }
        }
    }
}

fn statement(pair: &Pair<'_>, attributes: &StructAttributes) -> TokenStream {
    let runtime = attributes.runtime();
    let traits = &attributes.traits;
    let field = &pair.field.ident;
    let value = &pair.field.value;
    let index = Literal::usize_unsuffixed(pair.facts.index);
    let function = match pair.field.effect {
        Effect::Set => quote!(set),
        Effect::SetOrKeep => quote!(set_or_keep),
        Effect::SetRemoveOrKeep => quote!(set_remove_or_keep),
    };
    quote! {
        #runtime::__private::#function::<#traits, #index, #value>(&mut patch, &self.#field);
    }
}
