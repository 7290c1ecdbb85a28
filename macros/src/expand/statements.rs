//! What each field adds to the patch.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{Names, place_of};
use crate::check::{Pair, Target};
use crate::facts::TraitFacts;
use crate::updater::Effect;

pub(super) fn statement(pair: &Pair<'_>, names: &Names, unprivileged: bool) -> TokenStream {
    let field = &pair.field.ident;
    let call = call(pair, names);
    let asked = ordinary(pair, names, unprivileged);
    match pair.field.effect {
        Effect::Set => quote! {
            #asked
            {
                let __field = &self.#field;
                #call
            }
        },
        Effect::SetOrKeep | Effect::SetRemoveOrKeep => quote! {
            #asked
            if let ::core::option::Option::Some(__field) = &self.#field {
                #call
            }
        },
    }
}

/// The call that adds the value in `__field` to the patch.
///
/// The compiler checks types at the call, so its tokens stand where the type of the field stands.
fn call(pair: &Pair<'_>, names: &Names) -> TokenStream {
    let traits = &names.traits;
    let ty = &pair.field.value;
    let span = place_of(ty);
    let runtime = names.runtime_at(span);
    let (or_set, or_nest) = match pair.field.effect {
        Effect::SetRemoveOrKeep => ("set_or_remove", "nest_or_remove"),
        Effect::Set | Effect::SetOrKeep => ("set", "nest"),
    };
    let index = |facts: &TraitFacts| Literal::usize_unsuffixed(facts.index);
    let function = |name| Ident::new(name, Span::call_site());
    match pair.target {
        Target::Trait(facts) => {
            let (function, index, place) = (function(or_set), index(facts), place(facts));
            quote_spanned! {span=>
                #runtime::__private::#function::<#traits, #index, #place, #ty>(&mut __patch, __field);
            }
        }
        Target::Item(array, position) => {
            let position = Literal::usize_unsuffixed(position);
            let (index, place) = (index(array), place(array));
            quote_spanned! {span=>
                #runtime::__private::set_item::<#traits, #index, #place, #ty>(&mut __patch, #position, __field);
            }
        }
        Target::Nested(object) => {
            let (function, index) = (function(or_nest), index(object));
            quote_spanned! {span=>
                #runtime::__private::#function::<#traits, #index, #ty>(&mut __patch, __field);
            }
        }
        Target::Flattened(_) => quote_spanned! {span=>
            #runtime::__private::flatten::<#traits, #ty>(&mut __patch, __field);
        },
    }
}

/// The place of the trait in the schema: the compiler's message about a value that does not fit has it.
fn place(facts: &TraitFacts) -> TokenStream {
    let line = Literal::u32_unsuffixed(facts.line);
    let column = Literal::u32_unsuffixed(facts.column);
    quote!(#line, #column)
}

/// An unprivileged struct holds no privileged updater.
fn ordinary(pair: &Pair<'_>, names: &Names, unprivileged: bool) -> Option<TokenStream> {
    let holds_updater = matches!(pair.target, Target::Nested(_) | Target::Flattened(_));
    let ty = &pair.field.value;
    let span = place_of(ty);
    let runtime = names.runtime_at(span);
    (holds_updater && unprivileged)
        .then(|| quote_spanned!(span=> #runtime::__private::ordinary::<#ty>();))
}
