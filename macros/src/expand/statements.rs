//! What each field adds to the patch.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::Names;
use super::known::Known;
use crate::check::{Pair, Target};
use crate::facts::TraitFacts;
use crate::updater::Effect;

/// What makes the patch.
pub(super) fn patch(pairs: &[Pair<'_>], names: &Names, unprivileged: bool) -> TokenStream {
    let mut known = Known::default();
    let mut statements = TokenStream::new();
    for pair in pairs {
        if known.take(pair) {
            continue;
        }
        if !known.is_empty() {
            statements.extend(std::mem::take(&mut known).statement(names));
        }
        if !known.take(pair) {
            statements.extend(statement(pair, names, unprivileged));
        }
    }
    if statements.is_empty() && !known.is_empty() {
        return known.patch(names);
    }
    if !known.is_empty() {
        statements.extend(known.statement(names));
    }
    let Names { runtime, traits } = names;
    let mutable = (!statements.is_empty()).then(|| quote!(mut));
    // The names of variables begin with `__`: a constant of the user would be meant otherwise, whatever the hygiene.
    quote! {
        let #mutable __patch = #runtime::Patch::<#traits>::new();
        #statements
        __patch
    }
}

fn statement(pair: &Pair<'_>, names: &Names, unprivileged: bool) -> TokenStream {
    if let Target::Trait(touched) = pair.target {
        return change(pair, touched, names);
    }
    let field = &pair.field.ident;
    let call = call(pair, names, unprivileged);
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

/// The call that does to a trait what its field says: one call and no more, for all that stands here
/// costs every user time.
///
/// The compiler checks types at the call, so its tokens stand where the type of the field stands.
fn change(pair: &Pair<'_>, touched: &TraitFacts, names: &Names) -> TokenStream {
    let (traits, ty, field) = (&names.traits, &pair.field.value, &pair.field.ident);
    let span = ty.place();
    let runtime = names.runtime_at(span);
    let index = Literal::usize_unsuffixed(touched.index);
    let function = match pair.field.effect {
        Effect::Set => "set",
        Effect::SetOrKeep => "set_or_keep",
        Effect::SetRemoveOrKeep => "set_remove_or_keep",
    };
    let function = Ident::new(function, span);
    let place = place(touched);
    quote_spanned! {span=>
        <<#traits as #runtime::__private::Declared>::Calls>::#function::<#traits, #index, #place #ty>(&mut __patch, &self.#field);
    }
}

/// The call that adds the value in `__field` to the patch, its tokens where the type stands, too.
fn call(pair: &Pair<'_>, names: &Names, unprivileged: bool) -> TokenStream {
    let (traits, ty) = (&names.traits, &pair.field.value);
    let span = ty.place();
    let runtime = names.runtime_at(span);
    let index = |facts: &TraitFacts| Literal::usize_unsuffixed(facts.index);
    match pair.target {
        Target::Trait(touched) => change(pair, touched, names),
        Target::Item(array, position) => {
            let position = Literal::usize_unsuffixed(position);
            let (index, place) = (index(array), place(array));
            quote_spanned! {span=>
                <<#traits as #runtime::__private::Declared>::Calls>::set_item::<#traits, #index, #place #ty>(&mut __patch, #position, __field);
            }
        }
        Target::Nested(object) => {
            let (index, place) = (index(object), place(object));
            let function = match pair.field.effect {
                Effect::SetRemoveOrKeep => "nest_or_remove",
                Effect::Set | Effect::SetOrKeep => "nest",
            };
            let function = Ident::new(function, span);
            quote_spanned! {span=>
                <<#traits as #runtime::__private::Declared>::Calls>::#function::<#traits, #index, #place #ty>(&mut __patch, __field);
            }
        }
        Target::Flattened(_) => {
            let function = if unprivileged {
                "flatten_ordinary"
            } else {
                "flatten"
            };
            let function = Ident::new(function, span);
            quote_spanned! {span=>
                #runtime::__private::#function::<#traits, #ty>(&mut __patch, __field);
            }
        }
    }
}

/// The place of the trait in the schema: the compiler's message about a value that does not fit has it.
fn place(facts: &TraitFacts) -> TokenStream {
    let line = Literal::u32_unsuffixed(facts.line);
    let column = Literal::u32_unsuffixed(facts.column);
    quote!(#line, #column,)
}

/// An unprivileged struct holds no privileged updater; of a flattened one its own call asks that.
fn ordinary(pair: &Pair<'_>, names: &Names, unprivileged: bool) -> Option<TokenStream> {
    let (traits, ty) = (&names.traits, &pair.field.value);
    let span = ty.place();
    let runtime = names.runtime_at(span);
    let Target::Nested(object) = pair.target else {
        return None;
    };
    let index = Literal::usize_unsuffixed(object.index);
    let place = place(object);
    unprivileged.then(|| {
        quote_spanned! {span=>
            <<#traits as #runtime::__private::Declared>::Calls>::ordinary::<<#traits as #runtime::TraitAt<#index>>::Value, #place #ty>();
        }
    })
}
