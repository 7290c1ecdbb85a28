//! What the macro cannot see, as questions that the compiler answers: of the fields of nested and flattened updaters.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::GenericParam;

use super::Names;
use crate::check::{Pair, Target, privilege};
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
    names: &Names,
) -> Questions {
    let asked = [overlap(pairs, item), privileged(attributes, pairs)];
    let mut questions = Questions {
        items: TokenStream::new(),
        statements: TokenStream::new(),
    };
    let runtime = &names.runtime;
    let one_type = one_type(item);
    for (place, question, message) in asked.into_iter().flatten() {
        let ty = one_type.clone().unwrap_or_else(|| quote!(Self));
        let fields = quote!(<#ty as #runtime::SettingsUpdate>::FIELDS);
        let assertion = match question {
            Question::NoOverlap => quote!(!#runtime::__private::overlap(#fields)),
            Question::AnyPrivileged => quote!(#runtime::__private::any_privileged(#fields)),
        };
        let assertion = quote_spanned!(place=> ::core::assert!(#assertion, #message));
        if one_type.is_some() {
            questions
                .items
                .extend(quote_spanned!(place=> const _: () = #assertion;));
        } else {
            questions
                .statements
                .extend(quote_spanned!(place=> const { #assertion };));
        }
    }
    questions
}

enum Question {
    NoOverlap,
    AnyPrivileged,
}

/// A flattened updater may change what another field changes.
fn overlap(pairs: &[Pair<'_>], item: &Item) -> Option<(Span, Question, String)> {
    let word = pairs.iter().find_map(|pair| match pair.target {
        Target::Flattened(word) => Some(word),
        _ => None,
    })?;
    let name = &item.name;
    let message = format!(
        "two fields of `{name}` change the same trait: one of them is in the flattened updater"
    );
    Some((word, Question::NoOverlap, message))
}

/// Only an updater that is a field can need what no trait does that the struct names itself.
fn privileged(
    attributes: &StructAttributes,
    pairs: &[Pair<'_>],
) -> Option<(Span, Question, String)> {
    let word = attributes.privileged?;
    let by_fields_only = !pairs.iter().any(|pair| pair.privileged);
    by_fields_only.then(|| {
        let message = privilege::FOR_NOTHING.to_owned();
        (word, Question::AnyPrivileged, message)
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
