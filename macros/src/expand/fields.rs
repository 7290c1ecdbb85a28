//! The constant that says which fields change which traits.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::{Names, place_of};
use crate::check::{Pair, Target};
use crate::facts::TraitFacts;

pub(super) fn entry(pair: &Pair<'_>, names: &Names) -> TokenStream {
    let runtime = &names.runtime;
    let name = pair.field.ident.unraw().to_string();
    let ty = &pair.field.value;
    // Asked like in the patch, so that the compiler complains of a type that is no updater once.
    let place = place_of(ty);
    let runtime_there = names.runtime_at(place);
    let inner = quote_spanned!(place=> #runtime_there::__private::fields::<#ty>());
    match pair.target {
        Target::Trait(facts) => {
            let facts = reference(facts, names);
            quote!(#runtime::UpdaterField::Trait { name: #name, facts: #facts })
        }
        Target::Item(array, position) => {
            let facts = reference(array, names);
            let position = Literal::usize_unsuffixed(position);
            quote!(#runtime::UpdaterField::Item { name: #name, facts: #facts, position: #position })
        }
        Target::Nested(object) => {
            let facts = reference(object, names);
            quote!(#runtime::UpdaterField::Nested { name: #name, facts: #facts, fields: #inner })
        }
        Target::Flattened(_) => {
            quote!(#runtime::UpdaterField::Flattened { name: #name, fields: #inner })
        }
    }
}

fn reference(facts: &TraitFacts, names: &Names) -> TokenStream {
    let Names { runtime, traits } = names;
    let index = Literal::usize_unsuffixed(facts.index);
    quote!(&<#traits as #runtime::TraitsObject>::TRAITS[#index])
}
