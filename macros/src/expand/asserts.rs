//! Assertions for the compiler about facts that the macro cannot see: that the type belongs to the table, and what nested and
//! flattened updaters change.

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::GenericParam;

use super::{Context, statements};
use crate::check::rules::UNUSED_PRIVILEGED;
use crate::check::{ResolvedField, Target};
use crate::updater::StructAttributes;

/// Items beside the impl, which `cargo check` evaluates.
///
/// Fields whose updater depends on a parameter of the struct are left out, because it is known when the struct is used only: there, a
/// bound of the struct tells whether it is privileged, and a trait that two fields change is a problem of the update.
pub(super) fn asserts(
    attributes: &StructAttributes,
    fields: &[ResolvedField<'_>],
    context: &Context<'_>,
) -> TokenStream {
    let (fields, unknown) = known(fields, context);
    let entries = entries(&fields, unknown, context);
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
        && !unknown
    {
        let word = here(word);
        let runtime = context.runtime_at(word);
        let assert = quote_spanned! {word=>
            ::core::assert!(#runtime::__private::any_privileged(#entries), #UNUSED_PRIVILEGED)
        };
        asserts.push((word, assert));
    }
    let asserts = asserts
        .into_iter()
        .map(|(word, assert)| quote_spanned!(word=> const _: () = #assert;));
    let same_table = same_table(context);
    quote!(#same_table #(#asserts)*)
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

/// The fields that are the same for all parameters of the struct, and whether there are others.
fn known<'f, 'a>(
    fields: &'f [ResolvedField<'a>],
    context: &Context<'_>,
) -> (Vec<&'f ResolvedField<'a>>, bool) {
    let params = &context.item.generics.params;
    if params.iter().all(is_lifetime) {
        return (fields.iter().collect(), false);
    }
    let mut names = vec![Ident::new("Self", Span::call_site())];
    names.extend(params.iter().map(|param| match param {
        GenericParam::Lifetime(param) => param.lifetime.ident.clone(),
        GenericParam::Type(param) => param.ident.clone(),
        GenericParam::Const(param) => param.ident.clone(),
    }));
    let is_known = |one: &&ResolvedField<'_>| {
        !(one.target.is_updater() && mentions(one.field.value.to_token_stream(), &names))
    };
    let known: Vec<_> = fields.iter().filter(is_known).collect();
    let unknown = known.len() < fields.len();
    (known, unknown)
}

fn is_lifetime(param: &GenericParam) -> bool {
    matches!(param, GenericParam::Lifetime(_))
}

/// The entries of these fields in `FIELDS`, in a form that a constant outside of the impl can refer to.
fn entries(fields: &[&ResolvedField<'_>], unknown: bool, context: &Context<'_>) -> TokenStream {
    let (name, params) = (&context.item.ident, &context.item.generics.params);
    let runtime = &context.runtime;
    if params.iter().all(is_lifetime) && !unknown {
        let lifetimes = params.iter().map(|_| quote!('static));
        let arguments = (!params.is_empty()).then(|| quote!(<#(#lifetimes),*>));
        return quote!(<#name #arguments as #runtime::SettingsUpdate>::FIELDS);
    }
    let entries = fields.iter().map(|one| statements::field(one, context));
    quote!(&[#(#entries),*])
}

/// Whether a type contains one of these names.
fn mentions(ty: TokenStream, names: &[Ident]) -> bool {
    ty.into_iter().any(|token| match token {
        TokenTree::Ident(name) => names.contains(&name),
        TokenTree::Group(group) => mentions(group.stream(), names),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
