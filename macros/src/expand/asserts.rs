//! Assertions for the compiler about facts that the macro cannot see: that the type belongs to the table, and what nested and
//! flattened updaters change.

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::GenericParam;

use super::{Context, statements};
use crate::check::rules::UNUSED_PRIVILEGED;
use crate::check::{ResolvedField, Target};
use crate::updater::StructAttributes;

/// Assertions at compile time.
pub(super) struct Asserts {
    /// Items beside the impl, which `cargo check` evaluates.
    pub(super) items: TokenStream,
    /// For a generic struct: statements, evaluated when `patch` is instantiated.
    pub(super) statements: TokenStream,
}

pub(super) fn asserts(
    attributes: &StructAttributes,
    fields: &[ResolvedField<'_>],
    context: &Context<'_>,
) -> Asserts {
    let (entries, is_const) = entries(fields, context);
    let mut asserts = Vec::new();
    // A flattened updater changes no trait that another field changes.
    for (position, one) in fields.iter().enumerate() {
        if let Target::Flattened(word) = one.target {
            let (word, position) = (here(word), Literal::usize_unsuffixed(position));
            let runtime = context.runtime_at(word);
            let assert =
                quote_spanned!(word=> #runtime::__private::no_overlap(#entries, #position));
            asserts.push((word, assert));
        }
    }
    // If no trait that the struct names needs `privileged`, only a field that is an updater can.
    let names_privileged = fields.iter().any(|one| one.privileged.is_some());
    if let Some(word) = attributes.privileged
        && !names_privileged
    {
        let word = here(word);
        let runtime = context.runtime_at(word);
        let assert = quote_spanned! {word=>
            ::core::assert!(#runtime::__private::any_privileged(#entries), #UNUSED_PRIVILEGED)
        };
        asserts.push((word, assert));
    }
    let mut found = Asserts {
        items: same_table(context),
        statements: TokenStream::new(),
    };
    for (word, assert) in asserts {
        match is_const {
            true => (found.items).extend(quote_spanned!(word=> const _: () = #assert;)),
            false => (found.statements).extend(quote_spanned!(word=> const { #assert };)),
        }
    }
    found
}

/// Asserts that type and table belong together: a `type` alias or a `use` could pair the type of one schema with the table of
/// another.
fn same_table(context: &Context<'_>) -> TokenStream {
    let last = context.traits.clone().into_iter().last();
    let place = last.map_or_else(Span::call_site, |token| here(token.span()));
    let (runtime, traits) = (context.runtime_at(place), context.traits_at(place));
    let fingerprint = Literal::u64_unsuffixed(context.table.fingerprint);
    quote_spanned! {place=>
        #[allow(deprecated)]
        const _: () = #runtime::__private::same_table::<#traits, #fingerprint>();
    }
}

/// This span with the hygiene of the expansion.
fn here(place: Span) -> Span {
    Span::call_site().located_at(place)
}

/// The value of `FIELDS`, and whether it is the same for all parameters of the struct, so that a constant outside of the impl can
/// refer to it.
fn entries(fields: &[ResolvedField<'_>], context: &Context<'_>) -> (TokenStream, bool) {
    let (name, params) = (&context.item.ident, &context.item.generics.params);
    let runtime = &context.runtime;
    let mut names = vec![Ident::new("Self", Span::call_site())];
    names.extend(params.iter().map(|param| match param {
        GenericParam::Lifetime(param) => param.lifetime.ident.clone(),
        GenericParam::Type(param) => param.ident.clone(),
        GenericParam::Const(param) => param.ident.clone(),
    }));
    let is_lifetime = |param: &GenericParam| matches!(param, GenericParam::Lifetime(_));
    if params.iter().all(is_lifetime) {
        let lifetimes = params.iter().map(|_| quote!('static));
        let arguments = (!params.is_empty()).then(|| quote!(<#(#lifetimes),*>));
        (
            quote!(<#name #arguments as #runtime::SettingsUpdate>::FIELDS),
            true,
        )
    } else if fields
        .iter()
        .any(|one| one.target.is_updater() && mentions(one.field.value.to_token_stream(), &names))
    {
        (quote!(<Self as #runtime::SettingsUpdate>::FIELDS), false)
    } else {
        let entries = fields.iter().map(|one| statements::field(one, context));
        (quote!(&[#(#entries),*]), true)
    }
}

/// Whether a type contains one of these names.
fn mentions(ty: TokenStream, names: &[Ident]) -> bool {
    ty.into_iter().any(|token| match token {
        TokenTree::Ident(name) => names.contains(&name),
        TokenTree::Group(group) => mentions(group.stream(), names),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
