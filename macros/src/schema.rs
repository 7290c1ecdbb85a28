//! `schema!`: expands the table of an identity schema to facts, constants, impls and companion macros.

mod access;
mod emit;
mod objects;
mod stubs;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Visibility;
use syn::parse::{Parse, ParseStream};

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
        .and_then(|table: Table| expand(&head, &table, &runtime));
    expanded.unwrap_or_else(|error| stubs::expand(&error, &head, &runtime))
}

fn expand(head: &Head, table: &Table, runtime: &TokenStream) -> syn::Result<TokenStream> {
    let objects = objects::of(head, table)?;
    let mut out = TokenStream::new();
    for object in &objects {
        out.extend(emit::object(object, table, runtime));
    }
    let fingerprint = objects.first().map_or(0, |traits| traits.fingerprint);
    out.extend(emit::identity_traits(table, fingerprint, runtime));
    Ok(out)
}

/// The macro under the name of a generated struct: it appends the table to the tokens of an updater.
fn companion(
    object: &Ident,
    visibility: &Visibility,
    fingerprint: u64,
    table: &TokenStream,
    runtime: &TokenStream,
) -> TokenStream {
    let name = companion_name(object, fingerprint);
    // An exported macro is visible in every crate; otherwise only the `use` makes it visible.
    let export = matches!(visibility, Visibility::Public(_)).then(|| quote!(#[macro_export]));
    quote! {
        #[doc(hidden)]
        #export
        macro_rules! #name {
            ($updater:tt) => {
                #runtime::__private::settings_update! { [#runtime] #table $updater }
            };
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        #visibility use #name as #object;
    }
}

/// A unique name: the names of exported macros are crate-wide, and a table may be included twice.
fn companion_name(object: &Ident, fingerprint: u64) -> Ident {
    static COPIES: Mutex<Option<HashMap<(String, u64), usize>>> = Mutex::new(None);
    let mut copies = COPIES.lock().unwrap_or_else(PoisonError::into_inner);
    let copies = copies.get_or_insert_with(HashMap::new);
    let count = copies.entry((object.to_string(), fingerprint)).or_default();
    *count += 1;
    let copy = *count;
    let here = Span::call_site();
    format_ident!(
        "__kratos_traits_{object}_{fingerprint:016x}_{copy}",
        span = here
    )
}
