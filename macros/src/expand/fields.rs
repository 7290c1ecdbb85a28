//! The constant that says which fields change which traits.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::Names;
use crate::check::{Pair, Target};

/// One text for all fields: the compiler checks that in no time, and an array of structs not.
///
/// The text goes through a variable, so that rustc reads it when the constant is used. A call with nothing but
/// constants would be a constant of its own to it ("promotion"), and read by every `cargo check`.
pub(super) fn fields(pairs: &[Pair<'_>], names: &Names) -> TokenStream {
    if pairs.is_empty() {
        return quote!(&[]);
    }
    let Names { runtime, traits } = names;
    let count = Literal::usize_unsuffixed(pairs.len());
    let text = text(pairs);
    let updaters: Vec<TokenStream> = pairs
        .iter()
        .filter_map(|pair| updater(pair, names))
        .collect();
    let list = if updaters.is_empty() {
        quote!(fields::<#traits, #count>(__fields))
    } else {
        quote!(fields_with::<#traits, #count>(__fields, &[#(#updaters),*]))
    };
    quote! {{
        let __fields = #text;
        &#runtime::__private::#list
    }}
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
    matches!(pair.target, Target::Nested(_) | Target::Flattened(_))
        .then(|| quote_spanned!(place=> #runtime::__private::updater::<#ty>()))
}
