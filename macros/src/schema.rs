//! `schema!`: expands the table of an identity schema to facts, constants, impls and companion macros.

mod emit;
mod objects;
mod places;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};

use self::objects::Object;
use crate::table::{Head, Table};

/// `[$crate] format 1: …`: the runtime, the first line, and what follows it.
struct Input {
    runtime: TokenStream,
    head: Head,
    rest: TokenStream,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime;
        syn::bracketed!(runtime in input);
        Ok(Self {
            runtime: runtime.parse()?,
            head: input.parse()?,
            rest: input.parse()?,
        })
    }
}

pub(crate) fn schema_table(input: TokenStream) -> TokenStream {
    let Input {
        runtime,
        head,
        rest,
    } = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let expanded = head
        .check_version()
        .and_then(|()| syn::parse2(rest))
        .and_then(|table: Table| {
            let objects = objects::of(&head, &table)?;
            Ok(expand(&table, &objects, &runtime))
        });
    expanded.unwrap_or_else(|error| {
        // Without a usable table, the objects have no traits: this prevents further errors of the compiler.
        let root = &head.objects[0];
        let table: Table = syn::parse_quote!(pub #root from ""; = "";);
        let objects = head.objects.iter().map(|name| Object {
            name,
            members: Vec::new(),
            fingerprint: 0,
            rows: String::new(),
        });
        let stubs = expand(&table, &objects.collect::<Vec<_>>(), &runtime);
        let error = error.to_compile_error();
        quote!(#error #stubs)
    })
}

fn expand(table: &Table, objects: &[Object<'_>], runtime: &TokenStream) -> TokenStream {
    let traits = emit::identity_traits(table, objects[0].fingerprint, runtime);
    let objects = objects.iter();
    let objects = objects.map(|object| emit::object(object, table, runtime));
    quote!(#(#objects)* #traits)
}
