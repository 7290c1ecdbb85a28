//! The constants that say which fields change which traits.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::Names;
use crate::check::{Pair, Target};

/// One text for all fields, from which the runtime makes `FIELDS` where it is used: the compiler checks that in no
/// time, and an array of structs not.
pub(super) fn fields(pairs: &[Pair<'_>], names: &Names) -> TokenStream {
    if pairs.is_empty() {
        return TokenStream::new();
    }
    let text = text(pairs);
    let mut constants = quote!(const LISTING: &'static str = #text;);
    let updaters: Vec<TokenStream> = pairs
        .iter()
        .filter_map(|pair| updater(pair, names))
        .collect();
    if !updaters.is_empty() {
        let runtime = &names.runtime;
        constants.extend(quote! {
            const UPDATERS: &'static [#runtime::__private::Updater] = &[#(#updaters),*];
        });
    }
    constants
}

/// A line for each field.
fn text(pairs: &[Pair<'_>]) -> String {
    let mut text = String::new();
    for pair in pairs {
        if !text.is_empty() {
            text.push('\n');
        }
        let name = pair.field.ident.unraw();
        // Writing to a String cannot fail.
        let _ = match pair.target {
            Target::Trait(facts) => write!(text, "{name} {}", facts.index),
            Target::Item(array, position) => write!(text, "{name} {}.{position}", array.index),
            Target::Nested(object) => write!(text, "{name} {}+", object.index),
            Target::Flattened(_) => write!(text, "{name} +"),
        };
    }
    text
}

/// What the compiler knows of a field that is an updater.
fn updater(pair: &Pair<'_>, names: &Names) -> Option<TokenStream> {
    let ty = &pair.field.value;
    // Stands where the type stands, so that the compiler complains there of one that is no updater.
    let place = ty.place();
    let runtime = names.runtime_at(place);
    pair.target
        .is_updater()
        .then(|| quote_spanned!(place=> #runtime::__private::updater::<#ty>()))
}
