//! The second half of the derive: facts and struct become an implementation.

mod fields;
mod questions;
mod statements;
#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{DeriveInput, Path, bracketed};

use self::questions::Questions;
use crate::check::{self, Pair};
use crate::facts::Facts;
use crate::updater::{self, StructAttributes};

/// What the macro beside the traits type passes on.
struct Input {
    facts: Facts,
    updater: DeriveInput,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime;
        bracketed!(runtime in input);
        runtime.call(Path::parse_mod_style)?;
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

/// The place of the tokens, with the names of the expansion.
fn place_of(tokens: &impl Spanned) -> Span {
    tokens.span().resolved_at(Span::call_site())
}

fn expand(facts: &Facts, updater: &DeriveInput) -> TokenStream {
    let (attributes, mut errors) = StructAttributes::read(&updater.attrs);
    let fields = updater::fields(updater, &mut errors);
    let pairs = check::pair(&attributes, &fields, facts, &mut errors);
    let names = Names {
        runtime: attributes.runtime(),
        traits: attributes.traits.clone(),
    };
    if !errors.is_empty() {
        // The impl is written all the same, empty, so that one mistake gives one message.
        let stub = implementation(&names, updater, &[], true, &TokenStream::new());
        let errors = errors.to_compile_errors();
        return quote! { #errors #stub };
    }
    let unprivileged = attributes.privileged.is_none();
    let Questions { items, statements } =
        questions::questions(&attributes, &pairs, updater, &names);
    let implementation = implementation(&names, updater, &pairs, unprivileged, &statements);
    quote! { #implementation #items }
}

fn implementation(
    names: &Names,
    updater: &DeriveInput,
    pairs: &[Pair<'_>],
    unprivileged: bool,
    questions: &TokenStream,
) -> TokenStream {
    let Names { runtime, traits } = names;
    let name = &updater.ident;
    let (impl_generics, type_generics, where_clause) = updater.generics.split_for_impl();
    let fields = pairs.iter().map(|pair| fields::entry(pair, names));
    let statements = pairs
        .iter()
        .map(|pair| statements::statement(pair, names, unprivileged));
    let access = if unprivileged {
        quote!(Ordinary)
    } else {
        quote!(Privileged)
    };
    // The names of variables begin with `__`: a constant of the user would be meant otherwise, whatever the hygiene.
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::SettingsUpdate for #name #type_generics #where_clause {
            type Traits = #traits;
            type Access = #runtime::marker::#access;
            const FIELDS: &'static [#runtime::UpdaterField] = &[#(#fields),*];

            fn patch(&self) -> #runtime::Patch<#traits> {
                #questions
                #[allow(unused_mut)]
                let mut __patch = #runtime::Patch::<#traits>::new();
                #(#statements)*
                __patch
            }
        }
    }
}
