//! The second half of the derive: facts and struct become an implementation.

mod fields;
mod statements;
#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{DeriveInput, Path, bracketed};

use crate::check::{self, Pair, Target};
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
        let stub = implementation(&names, updater, &[], true);
        let errors = errors.to_compile_errors();
        return quote! { #errors #stub };
    }
    let privileged = attributes.privileged.is_some();
    let implementation = implementation(&names, updater, &pairs, !privileged);
    let overlap = overlap(&names, updater, &pairs);
    quote! { #implementation #overlap }
}

fn implementation(
    names: &Names,
    updater: &DeriveInput,
    pairs: &[Pair<'_>],
    unprivileged: bool,
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
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::SettingsUpdate for #name #type_generics #where_clause {
            type Traits = #traits;
            type Access = #runtime::marker::#access;
            const FIELDS: &'static [#runtime::UpdaterField] = &[#(#fields),*];

            fn patch(&self) -> #runtime::Patch<#traits> {
                #[allow(unused_mut)]
                let mut patch = #runtime::Patch::<#traits>::new();
                #(#statements)*
                patch
            }
        }
    }
}

/// A flattened updater may change what another field changes; only its own constant tells.
fn overlap(names: &Names, updater: &DeriveInput, pairs: &[Pair<'_>]) -> Option<TokenStream> {
    let runtime = &names.runtime;
    let name = &updater.ident;
    let word = pairs.iter().find_map(|pair| match pair.target {
        Target::Flattened(word) => Some(word),
        _ => None,
    })?;
    // The constant of a generic struct is known only where it is used.
    if updater.generics.type_params().next().is_some() {
        return None;
    }
    let lifetimes = updater.generics.lifetimes().map(|_| quote!('static));
    let message = format!(
        "two fields of `{name}` change the same trait: one of them is in the flattened updater"
    );
    Some(quote_spanned! { word =>
        const _: () = ::core::assert!(
            !#runtime::__private::overlap(<#name<#(#lifetimes),*> as #runtime::SettingsUpdate>::FIELDS),
            #message
        );
    })
}
