//! What the derive expands to.

mod asserts;
mod fields;
mod statements;
#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::DeriveInput;

use crate::check::{self, Pair};
use crate::errors::{self, Errors};
use crate::table::Companion;
use crate::updater::{self, StructAttributes};

/// The paths that the expansion uses: the runtime crate and the traits type.
struct Names {
    runtime: TokenStream,
    traits: TokenStream,
}

impl Names {
    /// The runtime crate with the span `place`: the compiler reports an error of a path at the span of its first
    /// token.
    fn runtime_at(&self, place: Span) -> TokenStream {
        at(place, &self.runtime)
    }

    fn traits_at(&self, place: Span) -> TokenStream {
        at(place, &self.traits)
    }
}

/// The same tokens with the span `place`.
fn at(place: Span, tokens: &TokenStream) -> TokenStream {
    let moved = |mut token: TokenTree| {
        token.set_span(token.span().located_at(place));
        token
    };
    tokens.clone().into_iter().map(moved).collect()
}

/// The access marker of a struct.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Ordinary,
    Privileged,
}

pub(crate) fn expand(table: &Companion, item: &DeriveInput, runtime: TokenStream) -> TokenStream {
    let (attributes, mut mistakes) = StructAttributes::read(&item.attrs);
    let fields = updater::fields(item, &mut mistakes);
    let names = Names {
        runtime: match &attributes.runtime {
            Some(path) => path.to_token_stream(),
            None => runtime,
        },
        traits: attributes.traits.to_token_stream(),
    };
    if table.is_stub() {
        return stub(&attributes, item, &names);
    }
    let pairs = check::pair(&attributes, &fields, table, &mut mistakes);
    let names_privileged = pairs.iter().any(|pair| pair.privileged.is_some());
    let access = if attributes.privileged.is_some() || attributes.mistaken || names_privileged {
        Access::Privileged
    } else {
        Access::Ordinary
    };
    let implementation = Implementation {
        names: &names,
        item,
        table,
        access,
    };
    if mistakes.is_empty() {
        let asserts = asserts::asserts(&attributes, &pairs, &implementation);
        let marker = implementation.marker();
        let impl_ = implementation.of(&pairs, &marker, &asserts.statements);
        let items = asserts.items;
        return quote!(#impl_ #items);
    }
    let holds_updater = pairs.iter().any(|pair| pair.target.is_updater());
    let in_doubt = match attributes.privileged {
        Some(_) => !names_privileged && !holds_updater,
        None => names_privileged,
    };
    implementation.with_mistakes(pairs, &mistakes, in_doubt || attributes.mistaken)
}

/// The impl of a struct.
struct Implementation<'a> {
    names: &'a Names,
    item: &'a DeriveInput,
    table: &'a Companion,
    access: Access,
}

impl Implementation<'_> {
    fn marker(&self) -> TokenStream {
        marker(self.access, &self.names.runtime)
    }

    fn of(&self, pairs: &[Pair<'_>], access: &TokenStream, asserts: &TokenStream) -> TokenStream {
        let fields = fields::fields(pairs, self.names);
        let patch = statements::patch(pairs, self.table, self.names, self.access);
        self.with(access, &fields, &quote!(#asserts #patch))
    }

    fn with(&self, access: &TokenStream, fields: &TokenStream, body: &TokenStream) -> TokenStream {
        implementation(self.item, self.names, access, fields, body)
    }

    /// With the impl of the fields without mistakes: one mistake then gives one message, and the same run of the compiler checks
    /// these fields.
    fn with_mistakes(
        &self,
        pairs: Vec<Pair<'_>>,
        mistakes: &Errors,
        access_in_doubt: bool,
    ) -> TokenStream {
        let Some((last, others)) = mistakes.split_last() else {
            return TokenStream::new();
        };
        let others = others.iter().map(syn::Error::to_compile_error);
        let sound: Vec<Pair<'_>> = pairs.into_iter().filter(|pair| pair.sound).collect();
        if !access_in_doubt {
            let (last, stub) = (
                last.to_compile_error(),
                self.of(&sound, &self.marker(), &TokenStream::new()),
            );
            return quote!(#(#others)* #last #stub);
        }
        let fields = fields::fields(&sound, self.names);
        let checked = statements::statements(&sound, self.table, self.names, self.access);
        let access = errors::in_place_of_a_type(last);
        let stub = self.with(&access, &fields, &quote!(#checked ::core::unimplemented!()));
        quote!(#(#others)* #stub)
    }
}

fn marker(access: Access, runtime: &TokenStream) -> TokenStream {
    match access {
        Access::Ordinary => quote!(#runtime::marker::Ordinary),
        Access::Privileged => quote!(#runtime::marker::Privileged),
    }
}

fn implementation(
    item: &DeriveInput,
    Names { runtime, traits }: &Names,
    access: &TokenStream,
    fields: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let name = &item.ident;
    let (impl_generics, type_generics, where_clause) = item.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #runtime::SettingsUpdate for #name #type_generics #where_clause {
            type Traits = #traits;
            type Access = #access;
            #fields

            fn patch(&self) -> #runtime::Patch<Self::Traits, Self::Access> {
                #body
            }
        }
    }
}

/// For a table of another version, for which an error is already reported.
fn stub(attributes: &StructAttributes, item: &DeriveInput, names: &Names) -> TokenStream {
    let (runtime, access) = match attributes.privileged {
        Some(_) => (&names.runtime, Access::Privileged),
        None => (&names.runtime, Access::Ordinary),
    };
    let constructor = statements::constructor(access);
    let body = quote!(#runtime::Patch::#constructor());
    let access = marker(access, runtime);
    implementation(item, names, &access, &TokenStream::new(), &body)
}
