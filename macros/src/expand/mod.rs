//! The second half of the derive: facts and struct become an implementation.

mod fields;
mod known;
mod questions;
mod statements;
#[cfg(test)]
mod tests;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Lit, Path};

use self::questions::Questions;
use crate::check::{self, Pair};
use crate::facts::Facts;
use crate::updater::{self, Item, StructAttributes};

/// Takes what the macro beside the traits type passes on: its table, and the user's struct in braces.
pub(crate) fn settings_update(input: TokenStream) -> TokenStream {
    let read = |input: TokenStream| {
        let mut input = input.into_iter();
        let (Some(TokenTree::Literal(table)), Some(TokenTree::Group(item))) =
            (input.next(), input.next())
        else {
            return None;
        };
        let braced = item.delimiter() == Delimiter::Brace;
        Some((
            Facts::read(&Lit::new(table))?,
            braced.then(|| item.stream())?,
        ))
    };
    let Some((facts, item)) = read(input) else {
        let message = "this macro is called by generated code only, and by that of its own version";
        return syn::Error::new(Span::call_site(), message).to_compile_error();
    };
    match Item::read(item) {
        Ok(item) => expand(&facts, &item),
        Err(error) => error.to_compile_error(),
    }
}

/// What every part of the expansion writes: the runtime crate and the traits type.
struct Names {
    runtime: Path,
    traits: Option<Path>,
}

impl Names {
    /// The runtime crate, written where `place` stands: what the compiler says of a whole path, it
    /// says at the place of its first token.
    fn runtime_at(&self, place: Span) -> TokenStream {
        let moved = |mut token: TokenTree| {
            token.set_span(place.resolved_at(token.span()));
            token
        };
        let runtime = self.runtime.to_token_stream();
        runtime.into_iter().map(moved).collect()
    }
}

fn expand(facts: &Facts, item: &Item) -> TokenStream {
    let (attributes, mut errors) = StructAttributes::read(&item.attributes);
    let fields = updater::fields(item, &mut errors);
    let pairs = check::pair(&attributes, &fields, facts, &mut errors);
    // A struct that should have said that it is privileged is one to those who hold it.
    let unprivileged = attributes.privileged.is_none()
        && !attributes.mistaken
        && !pairs.iter().any(|pair| pair.privileged);
    let names = Names {
        runtime: attributes.runtime(),
        traits: attributes.traits.clone(),
    };
    if !errors.is_empty() {
        // The impl is written all the same, so that one mistake gives one message; with what is sound, so that
        // the compiler says in the same run what it finds in that.
        let sound: Vec<Pair<'_>> = pairs.into_iter().filter(|pair| pair.sound).collect();
        let stub = implementation(&names, item, &sound, unprivileged, &TokenStream::new());
        let errors = errors.to_compile_errors();
        return quote! { #errors #stub };
    }
    let Questions { items, statements } =
        questions::questions(&attributes, &pairs, item, facts, &names);
    let implementation = implementation(&names, item, &pairs, unprivileged, &statements);
    quote! { #implementation #items }
}

fn implementation(
    names: &Names,
    item: &Item,
    pairs: &[Pair<'_>],
    unprivileged: bool,
    questions: &TokenStream,
) -> TokenStream {
    let Names { runtime, traits } = names;
    let name = &item.name;
    let (impl_generics, type_generics, where_clause) = item.generics.split_for_impl();
    let fields = fields::fields(pairs, names);
    let patch = statements::patch(pairs, names, unprivileged);
    let access = if unprivileged {
        quote!(Ordinary)
    } else {
        quote!(Privileged)
    };
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::SettingsUpdate for #name #type_generics #where_clause {
            type Traits = #traits;
            type Access = #runtime::marker::#access;
            #fields

            fn patch(&self) -> #runtime::Patch<#traits> {
                #questions
                #patch
            }
        }
    }
}
