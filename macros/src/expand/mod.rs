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
use crate::errors;
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
    let (attributes, mut mistakes) = StructAttributes::read(&item.attributes);
    let fields = updater::fields(item, &mut mistakes);
    let pairs = check::pair(&attributes, &fields, facts, &mut mistakes);
    // Of the traits that the struct names itself and of what it says; its fields may be privileged updaters.
    let named = pairs.iter().any(|pair| pair.privileged.is_some());
    let unprivileged = attributes.privileged.is_none() && !attributes.mistaken && !named;
    let names = Names {
        runtime: attributes.runtime(),
        traits: attributes.traits.clone(),
    };
    let access = access(&names, unprivileged);
    if let Some((last, others)) = mistakes.split_last() {
        let others = others.iter().map(syn::Error::to_compile_error);
        let holds_updater = pairs.iter().any(|pair| pair.target.is_updater());
        let in_doubt = match attributes.privileged {
            Some(_) => !named && !holds_updater,
            None => named,
        };
        // The impl is written all the same, so that one mistake gives one message; with what is sound, so that
        // the compiler says in the same run what it finds in that.
        let sound: Vec<Pair<'_>> = pairs.into_iter().filter(|pair| pair.sound).collect();
        let stub = |access: &TokenStream| {
            implementation(
                &names,
                item,
                &sound,
                unprivileged,
                access,
                &TokenStream::new(),
            )
        };
        return if in_doubt || attributes.mistaken {
            let stub = stub(&errors::in_place_of_a_type(last));
            quote! { #(#others)* #stub }
        } else {
            let (last, stub) = (last.to_compile_error(), stub(&access));
            quote! { #(#others)* #last #stub }
        };
    }
    let Questions { items, statements } =
        questions::questions(&attributes, &pairs, item, facts, &names);
    let implementation = implementation(&names, item, &pairs, unprivileged, &access, &statements);
    quote! { #implementation #items }
}

/// The marker of what the struct may change.
fn access(names: &Names, unprivileged: bool) -> TokenStream {
    let runtime = &names.runtime;
    if unprivileged {
        quote!(#runtime::marker::Ordinary)
    } else {
        quote!(#runtime::marker::Privileged)
    }
}

fn implementation(
    names: &Names,
    item: &Item,
    pairs: &[Pair<'_>],
    unprivileged: bool,
    access: &TokenStream,
    questions: &TokenStream,
) -> TokenStream {
    let Names { runtime, traits } = names;
    let name = &item.name;
    let (impl_generics, type_generics, where_clause) = item.generics.split_for_impl();
    let fields = fields::fields(pairs, names);
    let patch = statements::patch(pairs, names, unprivileged);
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::SettingsUpdate for #name #type_generics #where_clause {
            type Traits = #traits;
            type Access = #access;
            #fields

            fn patch(&self) -> #runtime::Patch<#traits> {
                #questions
                #patch
            }
        }
    }
}
