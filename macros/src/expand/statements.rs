//! The body of `patch`: one call for each field.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::{Access, Names};
use crate::check::types::{item_type, surely_fits};
use crate::check::{Pair, Target};
use crate::table::{Companion, Trait};
use crate::updater::Effect;
use crate::visible::visible;

/// The function that makes an empty patch.
pub(super) fn constructor(access: Access) -> TokenStream {
    match access {
        Access::Ordinary => quote!(new),
        Access::Privileged => quote!(privileged),
    }
}

/// The body of `patch`.
pub(super) fn patch(
    pairs: &[Pair<'_>],
    table: &Companion,
    names: &Names,
    access: Access,
) -> TokenStream {
    let statements = statements(pairs, table, names, access);
    quote!(#statements __patch)
}

/// The body without its result.
pub(super) fn statements(
    pairs: &[Pair<'_>],
    table: &Companion,
    names: &Names,
    access: Access,
) -> TokenStream {
    let Names { runtime, traits } = names;
    let calls = pairs.iter().map(|pair| call(pair, table, names));
    let mutable = (!pairs.is_empty()).then(|| quote!(mut));
    let constructor = constructor(access);
    // The names of variables begin with `__`: despite hygiene, a pattern with the name of a constant of the user would refer to it.
    quote! {
        let #mutable __patch = #runtime::Patch::<#traits, _>::#constructor();
        #(#calls)*
    }
}

/// The name of the constant of a trait.
pub(super) fn constant(found: &Trait) -> Ident {
    let name = found.row.constant().unwrap_or_default();
    Ident::new(&name, proc_macro2::Span::call_site())
}

/// The call that applies a field to its trait. The compiler checks types at the call, so its tokens have the span of the field's
/// type.
fn call(pair: &Pair<'_>, table: &Companion, names: &Names) -> TokenStream {
    let (field, value) = (&pair.field.ident, &pair.field.value);
    let span = value.place();
    let (runtime, traits) = (names.runtime_at(span), names.traits_at(span));
    let method = Ident::new(method(pair), span);
    let constant = |found: &Trait| {
        let mut constant = constant(found);
        constant.set_span(span);
        quote_spanned!(span=> #traits::#constant)
    };
    let (call, expected) = match &pair.target {
        Target::Flattened(_) => {
            return quote_spanned!(span=> __patch.#method::<#value>(&self.#field););
        }
        Target::Nested(object) => {
            let (constant, note) = (constant(object), note(object, table));
            let nest = Ident::new("__nest", span);
            return quote_spanned! {span=>
                #runtime::__updates!(#note; __patch.#method(#constant, &self.#field): #nest::<#value>);
            };
        }
        Target::Trait(changed) => {
            let constant = constant(changed);
            let call = quote_spanned!(span=> __patch.#method(#constant, &self.#field));
            (call, Some(&*changed.row.type_text))
        }
        Target::Item(array, position) => {
            let (constant, position) = (constant(array), Literal::usize_unsuffixed(*position));
            let call = quote_spanned!(span=> __patch.#method(#constant, #position, &self.#field));
            (call, item_type(&array.row.type_text))
        }
    };
    match expected {
        Some(expected) if !surely_fits(value, expected) => {
            let words = words(pair, expected, table);
            quote_spanned!(span=> #runtime::__fits!(#(#words),*; #call: #value);)
        }
        // The compiler's message without the place in the schema is sufficient.
        _ => quote_spanned!(span=> #call;),
    }
}

fn method(pair: &Pair<'_>) -> &'static str {
    match (&pair.target, pair.field.effect) {
        (Target::Trait(_), Effect::Set) => "set_cloned",
        (Target::Trait(_), Effect::SetOrKeep) => "set_or_keep",
        (Target::Trait(_), Effect::SetRemoveOrKeep) => "set_remove_or_keep",
        (Target::Item(..), Effect::Set) => "set_item_cloned",
        (Target::Item(..), _) => "set_item_or_keep",
        (Target::Nested(_), Effect::Set) => "nest",
        (Target::Nested(_), Effect::SetOrKeep) => "nest_or_keep",
        (Target::Nested(_), Effect::SetRemoveOrKeep) => "nest_remove_or_keep",
        (Target::Flattened(_), Effect::Set) => "flatten",
        (Target::Flattened(_), _) => "flatten_or_keep",
    }
}

/// The text of the compiler's message about a value that does not fit: the message, its label and its note.
fn words(pair: &Pair<'_>, expected: &str, table: &Companion) -> [String; 3] {
    let path = match &pair.target {
        Target::Item(array, position) => format!("{}.{position}", array.shown_path()),
        target => target.changed().map_or_else(String::new, Trait::shown_path),
    };
    let (path, shown) = (literal(&path), literal(expected));
    let help = match (&pair.target, pair.field.effect) {
        (Target::Trait(_), Effect::Set) => {
            format!("write `{shown}`, `Option<{shown}>` to keep the trait when `None`, or")
        }
        _ => format!("write `{shown}`, or"),
    };
    let note = pair.target.changed().map(|found| note(found, table));
    [
        format!("`{path}` is of type `{shown}`, which `{{Self}}` does not fit"),
        format!("{help} a `Clone` type that is `Into<{shown}>`"),
        note.unwrap_or_default(),
    ]
}

/// Where a trait is declared.
fn note(found: &Trait, table: &Companion) -> String {
    format!("the trait is declared at {}", literal(&table.place(found)))
}

/// Escapes a text for use in a format string.
fn literal(text: &str) -> String {
    visible(text).replace('{', "{{").replace('}', "}}")
}
