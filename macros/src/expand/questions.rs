//! What the macro cannot see, as questions that the compiler answers: of the fields of nested and flattened updaters.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::GenericParam;
use syn::ext::IdentExt;

use super::Names;
use crate::check::{Pair, Target, privilege};
use crate::facts::Facts;
use crate::updater::{Item, StructAttributes};

/// Assertions on the constant `FIELDS`.
pub(super) struct Questions {
    /// Of a struct that is one type: items beside the implementation, asked by `cargo check`.
    pub(super) items: TokenStream,
    /// Of a generic struct: statements, asked where the patch of one of its types is made.
    pub(super) statements: TokenStream,
}

pub(super) fn questions(
    attributes: &StructAttributes,
    pairs: &[Pair<'_>],
    item: &Item,
    facts: &Facts,
    names: &Names,
) -> Questions {
    let one_type = one_type(item);
    let ty = one_type.clone().unwrap_or_else(|| quote!(Self));
    let runtime = &names.runtime;
    let fields = quote!(<#ty as #runtime::SettingsUpdate>::FIELDS);
    let asked = overlap(pairs, item, facts, names, &fields)
        .chain(privileged(attributes, pairs, names, &fields));
    let mut questions = Questions {
        items: TokenStream::new(),
        statements: TokenStream::new(),
    };
    for (place, question) in asked {
        if one_type.is_some() {
            questions
                .items
                .extend(quote_spanned!(place=> const _: () = #question;));
        } else {
            questions
                .statements
                .extend(quote_spanned!(place=> const { #question };));
        }
    }
    questions
}

/// A flattened updater may change what another field changes.
fn overlap<'a>(
    pairs: &'a [Pair<'_>],
    item: &'a Item,
    facts: &'a Facts,
    names: &'a Names,
    fields: &'a TokenStream,
) -> impl Iterator<Item = (Span, TokenStream)> + 'a {
    pairs
        .iter()
        .enumerate()
        .filter_map(move |(position, pair)| {
            let Target::Flattened(word) = pair.target else {
                return None;
            };
            let (name, source) = (item.name.unraw().to_string(), &facts.source);
            let position = Literal::usize_unsuffixed(position);
            let runtime = names.runtime_at(word);
            let question = quote_spanned! {word=>
                #runtime::__private::no_overlap(#name, #source, #fields, #position)
            };
            Some((word, question))
        })
}

/// Only an updater that is a field can need what no trait does that the struct names itself.
fn privileged(
    attributes: &StructAttributes,
    pairs: &[Pair<'_>],
    names: &Names,
    fields: &TokenStream,
) -> Option<(Span, TokenStream)> {
    let word = attributes.privileged?;
    let by_fields_only = !pairs.iter().any(|pair| pair.privileged.is_some());
    by_fields_only.then(|| {
        let (runtime, message) = (&names.runtime, privilege::FOR_NOTHING);
        let question = quote_spanned! {word=>
            ::core::assert!(#runtime::__private::any_privileged(#fields), #message)
        };
        (word, question)
    })
}

/// The struct as a type, unless it is generic: then it is many.
fn one_type(item: &Item) -> Option<TokenStream> {
    let name = &item.name;
    let lifetimes = item.generics.params.iter().map(|param| match param {
        GenericParam::Lifetime(_) => Some(quote!('static)),
        GenericParam::Type(_) | GenericParam::Const(_) => None,
    });
    let lifetimes = lifetimes.collect::<Option<Vec<_>>>()?;
    Some(quote!(#name<#(#lifetimes),*>))
}
