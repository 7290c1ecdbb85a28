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
    // Stands where the type stands, so that the compiler complains there of one that is no updater.
    let place = place_of(ty);
    let runtime_there = names.runtime_at(place);
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
            quote_spanned!(place=> #runtime_there::__private::nested_field::<#ty>(#name, #facts))
        }
        Target::Flattened(_) => {
            quote_spanned!(place=> #runtime_there::__private::flattened_field::<#ty>(#name))
        }
    }
}

fn reference(facts: &TraitFacts, names: &Names) -> TokenStream {
    let Names { runtime, traits } = names;
    let index = Literal::usize_unsuffixed(facts.index);
    quote!(<#traits as #runtime::TraitAt<#index>>::FACTS)
}
