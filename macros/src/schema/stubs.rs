//! A table that cannot be used: its error, and stubs that prevent further errors of the compiler.

use proc_macro2::TokenStream;
use quote::quote;

use super::companion;
use crate::table::Head;

/// Stubs for the objects of the first line, the only part of the table that is surely read.
pub(super) fn expand(error: &syn::Error, head: &Head, runtime: &TokenStream) -> TokenStream {
    let error = error.to_compile_error();
    let table = quote!("" "" 0 "");
    let visibility = syn::parse_quote!(pub);
    let stubs = head.objects.iter().map(|object| {
        let companion = companion(object, &visibility, 0, &table, runtime);
        quote! {
            #[automatically_derived]
            impl #runtime::TraitsObject for #object {
                const TRAITS: &'static [#runtime::TraitFacts] = &[];
            }
            #companion
        }
    });
    let root = head.objects.first();
    quote! {
        #error
        #(#stubs)*
        #[automatically_derived]
        impl #runtime::IdentityTraits for #root {
            fn schema() -> &'static #runtime::Schema {
                static SCHEMA: #runtime::Schema = #runtime::Schema::new("", "", &[], 0);
                &SCHEMA
            }
        }
        #[automatically_derived]
        impl #runtime::SettingsUpdate for #root {
            type Traits = Self;
            type Access = #runtime::marker::Privileged;
            fn patch(&self) -> #runtime::Patch<Self, #runtime::marker::Privileged> {
                #runtime::Patch::privileged()
            }
        }
    }
}
