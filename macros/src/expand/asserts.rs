//! What the macro cannot see, as assertions for the compiler: that the type belongs to the table, and what nested and flattened
//! updaters change.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::GenericParam;
use syn::ext::IdentExt;

use super::Implementation;
use crate::check::{Pair, Target, privilege};
use crate::updater::StructAttributes;

/// Assertions at compile time.
pub(super) struct Asserts {
    /// Items beside the impl, which `cargo check` evaluates.
    pub(super) items: TokenStream,
    /// Of a generic struct: statements, evaluated where the patch of one of its types is made.
    pub(super) statements: TokenStream,
}

pub(super) fn asserts(
    attributes: &StructAttributes,
    pairs: &[Pair<'_>],
    implementation: &Implementation<'_>,
) -> Asserts {
    let one_type = one_type(implementation);
    let ty = one_type.clone().unwrap_or_else(|| quote!(Self));
    let runtime = &implementation.names.runtime;
    let fields = quote!(<#ty as #runtime::SettingsUpdate>::FIELDS);
    let asked = overlap(pairs, implementation, &fields).chain(privileged(
        attributes,
        pairs,
        implementation,
        &fields,
    ));
    let mut asserts = Asserts {
        items: same_table(implementation),
        statements: TokenStream::new(),
    };
    for (place, assert) in asked {
        if one_type.is_some() {
            asserts
                .items
                .extend(quote_spanned!(place=> const _: () = #assert;));
        } else {
            asserts
                .statements
                .extend(quote_spanned!(place=> const { #assert };));
        }
    }
    asserts
}

/// A type alias or a `use` could pair the type of one schema with the table of another.
fn same_table(implementation: &Implementation<'_>) -> TokenStream {
    let names = implementation.names;
    let place = names.traits.clone().into_iter().last();
    let place = place.map_or_else(Span::call_site, |token| {
        Span::call_site().located_at(token.span())
    });
    let (runtime, traits) = (names.runtime_at(place), names.traits_at(place));
    let fingerprint = Literal::u64_unsuffixed(implementation.table.fingerprint);
    quote_spanned! {place=>
        #[allow(deprecated)]
        const _: () = #runtime::__private::same_table::<#traits, #fingerprint>();
    }
}

/// A flattened updater may change what another field changes.
fn overlap<'a>(
    pairs: &'a [Pair<'_>],
    implementation: &'a Implementation<'_>,
    fields: &'a TokenStream,
) -> impl Iterator<Item = (Span, TokenStream)> + 'a {
    pairs
        .iter()
        .enumerate()
        .filter_map(move |(position, pair)| {
            let Target::Flattened(word) = pair.target else {
                return None;
            };
            let name = implementation.item.ident.unraw().to_string();
            let source = &implementation.table.source;
            let position = Literal::usize_unsuffixed(position);
            let word = Span::call_site().located_at(word);
            let runtime = implementation.names.runtime_at(word);
            let assert = quote_spanned! {word=>
                #runtime::__private::no_overlap(#name, #source, #fields, #position)
            };
            Some((word, assert))
        })
}

/// Only an updater that is a field can need `privileged` where no trait does that the struct names itself.
fn privileged(
    attributes: &StructAttributes,
    pairs: &[Pair<'_>],
    implementation: &Implementation<'_>,
    fields: &TokenStream,
) -> Option<(Span, TokenStream)> {
    let word = Span::call_site().located_at(attributes.privileged?);
    let by_fields_only = !pairs.iter().any(|pair| pair.privileged.is_some());
    by_fields_only.then(|| {
        let runtime = implementation.names.runtime_at(word);
        let message = privilege::UNUSED_PRIVILEGED;
        let assert = quote_spanned! {word=>
            ::core::assert!(#runtime::__private::any_privileged(#fields), #message)
        };
        (word, assert)
    })
}

/// The struct as a type, unless it is generic: then it is many.
fn one_type(implementation: &Implementation<'_>) -> Option<TokenStream> {
    let item = implementation.item;
    let name = &item.ident;
    let lifetimes = item.generics.params.iter().map(|param| match param {
        GenericParam::Lifetime(_) => Some(quote!('static)),
        GenericParam::Type(_) | GenericParam::Const(_) => None,
    });
    let lifetimes = lifetimes.collect::<Option<Vec<_>>>()?;
    if lifetimes.is_empty() {
        return Some(quote!(#name));
    }
    Some(quote!(#name<#(#lifetimes),*>))
}
