//! What the derive expands to.

mod asserts;
mod statements;
#[cfg(test)]
mod tests;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::DeriveInput;

use crate::check::{self, ResolvedField};
use crate::messages::in_place_of_a_type;
use crate::table::Companion;
use crate::updater::{self, StructAttributes};

/// What the expansion of a struct refers to.
struct Context<'a> {
    item: &'a DeriveInput,
    table: &'a Companion,
    /// The path of the runtime crate.
    runtime: TokenStream,
    /// The path of the traits type.
    traits: TokenStream,
    is_privileged: bool,
}

impl Context<'_> {
    /// The runtime crate with the span `place`: the compiler reports an error of a path at the span of its first
    /// token.
    fn runtime_at(&self, place: Span) -> TokenStream {
        at(place, &self.runtime)
    }

    fn traits_at(&self, place: Span) -> TokenStream {
        at(place, &self.traits)
    }

    /// The access marker of the struct.
    fn access_at(&self, place: Span) -> TokenStream {
        let runtime = self.runtime_at(place);
        match self.is_privileged {
            true => quote!(#runtime::marker::Privileged),
            false => quote!(#runtime::marker::Ordinary),
        }
    }

    /// The impl of the struct; `end` is the last expression of `patch`.
    fn implementation(
        &self,
        fields: &[ResolvedField<'_>],
        access: &TokenStream,
        end: &TokenStream,
    ) -> TokenStream {
        let Self {
            item,
            runtime,
            traits,
            ..
        } = self;
        let name = &item.ident;
        let (impl_generics, type_generics, where_clause) = item.generics.split_for_impl();
        let entries = fields.iter().map(|one| statements::field(one, self));
        let statements = statements::patch(fields, self);
        quote! {
            #[automatically_derived]
            #[allow(deprecated)]
            impl #impl_generics #runtime::SettingsUpdate for #name #type_generics #where_clause {
                type Traits = #traits;
                type Access = #access;
                const FIELDS: &'static [#runtime::__private::UpdaterField] = &[#(#entries),*];

                fn patch(&self) -> #runtime::Patch<Self::Traits, Self::Access> {
                    #statements
                    #end
                }
            }
        }
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

pub(crate) fn expand(table: &Companion, item: &DeriveInput, runtime: TokenStream) -> TokenStream {
    let (attributes, mut errors) = StructAttributes::read(&item.attrs);
    let fields = updater::fields(item, &mut errors);
    let mut fields = match table.is_stub() {
        // An error about the table is already reported.
        true => Vec::new(),
        false => check::resolve(&attributes, &fields, table, &mut errors),
    };
    let names_privileged = fields.iter().any(|one| one.privileged.is_some());
    let context = Context {
        item,
        table,
        runtime: match &attributes.runtime {
            Some(path) => path.to_token_stream(),
            None => runtime,
        },
        traits: attributes.traits.to_token_stream(),
        is_privileged: attributes.privileged.is_some() || attributes.mistaken || names_privileged,
    };
    let access = context.access_at(Span::call_site());
    let patch = quote!(__patch);
    if table.is_stub() {
        return context.implementation(&[], &access, &patch);
    }
    let Some((last, others)) = errors.0.split_last() else {
        let asserts = asserts::asserts(&attributes, &fields, &context);
        let impl_ = context.implementation(&fields, &access, &patch);
        return quote!(#impl_ #asserts);
    };
    // With the impl of the correct fields, one mistake gives one message, and the same run of the compiler checks these fields.
    let others = others.iter().map(syn::Error::to_compile_error);
    let is_access_known = !attributes.mistaken
        && match attributes.privileged {
            Some(_) => names_privileged || fields.iter().any(|one| one.target.is_updater()),
            None => !names_privileged,
        };
    fields.retain(|one| one.is_correct);
    let stub = if is_access_known {
        let last = last.to_compile_error();
        let impl_ = context.implementation(&fields, &access, &patch);
        quote!(#last #impl_)
    } else {
        let (access, end) = (in_place_of_a_type(last), quote!(::core::unimplemented!()));
        context.implementation(&fields, &access, &end)
    };
    quote!(#(#others)* #stub)
}
