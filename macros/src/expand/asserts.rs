//! Assertions for the compiler about facts that the macro cannot see: that the type belongs to the table, and what nested and
//! flattened updaters change.

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::GenericParam;
use syn::ext::IdentExt;

use super::{Implementation, fields};
use crate::check::{Pair, Target, privilege};
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
    pairs: &[Pair<'_>],
    implementation: &Implementation<'_>,
) -> Asserts {
    let mut asserts = Asserts {
        items: same_table(implementation),
        statements: TokenStream::new(),
    };
    let scope = Scope::of(pairs, implementation);
    for (position, pair) in pairs.iter().enumerate() {
        if let Target::Flattened(word) = pair.target {
            let assert = no_overlap(word, scope.fields(), position, implementation);
            scope.assert(assert, &mut asserts);
        }
    }
    // If no trait that the struct names needs `privileged`, only a field that is an updater can.
    let names_privileged = pairs.iter().any(|pair| pair.privileged.is_some());
    if let Some(word) = attributes.privileged
        && !names_privileged
    {
        let assert = needs_privileged(word, scope.fields(), implementation);
        scope.assert(assert, &mut asserts);
    }
    asserts
}

/// Asserts that type and table belong together: a `type` alias or a `use` could pair the type of one schema with the table of
/// another.
fn same_table(implementation: &Implementation<'_>) -> TokenStream {
    let names = implementation.names;
    let last = names.traits.clone().into_iter().last();
    let place = last.map_or_else(Span::call_site, |token| here(token.span()));
    let (runtime, traits) = (names.runtime_at(place), names.traits_at(place));
    let fingerprint = Literal::u64_unsuffixed(implementation.table.fingerprint);
    quote_spanned! {place=>
        #[allow(deprecated)]
        const _: () = #runtime::__private::same_table::<#traits, #fingerprint>();
    }
}

/// Asserts that a flattened updater changes no trait that another field changes.
fn no_overlap(
    word: Span,
    fields: &TokenStream,
    position: usize,
    implementation: &Implementation<'_>,
) -> (Span, TokenStream) {
    let name = implementation.item.ident.unraw().to_string();
    let source = &implementation.table.source;
    let position = Literal::usize_unsuffixed(position);
    let word = here(word);
    let runtime = implementation.names.runtime_at(word);
    let assert = quote_spanned! {word=>
        #runtime::__private::no_overlap(#name, #source, #fields, #position)
    };
    (word, assert)
}

fn needs_privileged(
    word: Span,
    fields: &TokenStream,
    implementation: &Implementation<'_>,
) -> (Span, TokenStream) {
    let word = here(word);
    let runtime = implementation.names.runtime_at(word);
    let message = privilege::UNUSED_PRIVILEGED;
    let assert = quote_spanned! {word=>
        ::core::assert!(#runtime::__private::any_privileged(#fields), #message)
    };
    (word, assert)
}

/// This span with the hygiene of the expansion.
fn here(place: Span) -> Span {
    Span::call_site().located_at(place)
}

/// Where the `FIELDS` of a struct can be evaluated.
enum Scope {
    /// Everywhere, as the value of this expression.
    Everywhere(TokenStream),
    /// Inside the impl only, because some of them depend on the parameters of the struct.
    Inside(TokenStream),
}

impl Scope {
    fn of(pairs: &[Pair<'_>], implementation: &Implementation<'_>) -> Self {
        let names = implementation.names;
        let runtime = &names.runtime;
        if let Some(ty) = one_type(implementation) {
            return Self::Everywhere(quote!(<#ty as #runtime::SettingsUpdate>::FIELDS));
        }
        let parameters = parameters(implementation);
        let depends = |pair: &Pair<'_>| {
            pair.target.is_updater() && mentions(pair.field.value.to_token_stream(), &parameters)
        };
        if pairs.iter().any(depends) {
            return Self::Inside(quote!(<Self as #runtime::SettingsUpdate>::FIELDS));
        }
        let fields = pairs.iter().map(|pair| fields::field(pair, names));
        Self::Everywhere(quote!(&[#(#fields),*]))
    }

    fn fields(&self) -> &TokenStream {
        let (Self::Everywhere(fields) | Self::Inside(fields)) = self;
        fields
    }

    fn assert(&self, (place, assert): (Span, TokenStream), asserts: &mut Asserts) {
        match self {
            Self::Everywhere(_) => asserts
                .items
                .extend(quote_spanned!(place=> const _: () = #assert;)),
            Self::Inside(_) => asserts
                .statements
                .extend(quote_spanned!(place=> const { #assert };)),
        }
    }
}

/// The struct as a type; `None` if it is generic.
fn one_type(implementation: &Implementation<'_>) -> Option<TokenStream> {
    let item = implementation.item;
    let name = &item.ident;
    let lifetimes = item.generics.params.iter().map(|param| match param {
        GenericParam::Lifetime(_) => Some(quote!('static)),
        GenericParam::Type(_) | GenericParam::Const(_) => None,
    });
    let lifetimes = lifetimes.collect::<Option<Vec<_>>>()?;
    if lifetimes.is_empty() {
        return Some(quote!(#name));
    }
    Some(quote!(#name<#(#lifetimes),*>))
}

fn parameters(implementation: &Implementation<'_>) -> Vec<Ident> {
    let params = implementation.item.generics.params.iter();
    let names = params.map(|param| match param {
        GenericParam::Lifetime(param) => param.lifetime.ident.clone(),
        GenericParam::Type(param) => param.ident.clone(),
        GenericParam::Const(param) => param.ident.clone(),
    });
    names
        .chain([Ident::new("Self", Span::call_site())])
        .collect()
}

/// Whether a type contains one of these names.
fn mentions(ty: TokenStream, names: &[Ident]) -> bool {
    ty.into_iter().any(|token| match token {
        TokenTree::Ident(name) => names.contains(&name),
        TokenTree::Group(group) => mentions(group.stream(), names),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
