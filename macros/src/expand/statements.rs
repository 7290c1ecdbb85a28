//! What each field adds to the patch.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::Names;
use crate::check::{Pair, Target};
use crate::updater::Effect;

pub(super) fn statement(pair: &Pair<'_>, names: &Names, unprivileged: bool) -> TokenStream {
    let runtime = &names.runtime;
    let field = &pair.field.ident;
    let ty = &pair.field.value;
    let removes = pair.field.effect == Effect::SetRemoveOrKeep;
    let value = match pair.field.effect {
        Effect::Set => quote!(&self.#field),
        Effect::SetOrKeep | Effect::SetRemoveOrKeep => quote!(value),
    };
    let call = match pair.target {
        Target::Trait(facts) => {
            let function = if removes { "set_or_remove" } else { "set" };
            call(names, function, facts.index, pair, &quote!(#value))
        }
        Target::Item(array, position) => {
            let position = Literal::usize_unsuffixed(position);
            call(
                names,
                "set_item",
                array.index,
                pair,
                &quote!(#position, #value),
            )
        }
        Target::Nested(object) => {
            let function = if removes { "nest_or_remove" } else { "nest" };
            call(names, function, object.index, pair, &quote!(#value))
        }
        Target::Flattened(_) => quote!(#runtime::__private::flatten::<#ty>(&mut patch, #value);),
    };
    let holds_updater = matches!(pair.target, Target::Nested(_) | Target::Flattened(_));
    let asked = (holds_updater && unprivileged)
        .then(|| quote!(#runtime::__private::unprivileged::<#ty>();));
    match pair.field.effect {
        Effect::Set => quote!(#asked #call),
        Effect::SetOrKeep | Effect::SetRemoveOrKeep => quote! {
            #asked
            if let ::core::option::Option::Some(value) = &self.#field {
                #call
            }
        },
    }
}

fn call(
    names: &Names,
    function: &str,
    index: usize,
    pair: &Pair<'_>,
    arguments: &TokenStream,
) -> TokenStream {
    let Names { runtime, traits } = names;
    let function = Ident::new(function, Span::call_site());
    let index = Literal::usize_unsuffixed(index);
    let ty = &pair.field.value;
    quote!(#runtime::__private::#function::<#traits, #index, #ty>(&mut patch, #arguments);)
}
