//! What each field adds to the patch: one call.

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

/// What makes the patch.
pub(super) fn patch(
    pairs: &[Pair<'_>],
    table: &Companion,
    names: &Names,
    access: Access,
) -> TokenStream {
    let statements = statements(pairs, table, names, access);
    quote!(#statements __patch)
}

/// The same without its result.
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
    // The names of variables begin with `__`: a constant of the user would be meant otherwise, whatever the hygiene.
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

/// The call that does to a trait what its field says. The compiler checks types at the call, so its tokens have the place of the
/// field's type.
fn call(pair: &Pair<'_>, table: &Companion, names: &Names) -> TokenStream {
    let (field, value) = (&pair.field.ident, &pair.field.value);
    let span = value.place();
    let traits = names.traits_at(span);
    let constant = pair.target.changed().map(|found| {
        let mut constant = constant(found);
        constant.set_span(span);
        quote_spanned!(span=> #traits::#constant)
    });
    let method = Ident::new(method(pair), span);
    let position = match pair.target {
        Target::Item(_, position) => {
            let position = Literal::usize_unsuffixed(position);
            Some(quote!(#position,))
        }
        _ => None,
    };
    let separator = constant.as_ref().map(|_| quote!(,));
    let field = match (&pair.target, pair.field.effect) {
        // The only method that takes its value as a value.
        (Target::Item(..), Effect::Set) => {
            quote_spanned!(span=> ::core::clone::Clone::clone(&self.#field))
        }
        _ => quote_spanned!(span=> &self.#field),
    };
    let call = quote_spanned!(span=> __patch.#method(#constant #separator #position #field));
    match words(pair, table) {
        Some(words) => {
            let runtime = names.runtime_at(span);
            let message = words.iter();
            let kind = Ident::new(words.macro_name(), span);
            quote_spanned!(span=> #runtime::#kind!(#(#message),*; #call: #value);)
        }
        None => quote_spanned!(span=> #call;),
    }
}

fn method(pair: &Pair<'_>) -> &'static str {
    match (&pair.target, pair.field.effect) {
        (Target::Trait(_), Effect::Set) => "set_cloned",
        (Target::Trait(_), Effect::SetOrKeep) => "set_or_keep",
        (Target::Trait(_), Effect::SetRemoveOrKeep) => "set_remove_or_keep",
        (Target::Item(..), Effect::Set) => "set_item",
        (Target::Item(..), _) => "set_item_or_keep",
        (Target::Nested(_), Effect::Set) => "nest",
        (Target::Nested(_), Effect::SetOrKeep) => "nest_or_keep",
        (Target::Nested(_), Effect::SetRemoveOrKeep) => "nest_remove_or_keep",
        (Target::Flattened(_), Effect::Set) => "flatten",
        (Target::Flattened(_), _) => "flatten_or_keep",
    }
}

/// The words for the compiler's message about a value that does not fit.
enum Words {
    /// Of a value: the message, its label and its note.
    Value([String; 3]),
    /// Of an updater: the note.
    Updater([String; 1]),
}

impl Words {
    fn macro_name(&self) -> &'static str {
        match self {
            Self::Value(_) => "__fits",
            Self::Updater(_) => "__updates",
        }
    }

    fn iter(&self) -> std::slice::Iter<'_, String> {
        match self {
            Self::Value(words) => words.iter(),
            Self::Updater(words) => words.iter(),
        }
    }
}

/// `None` where a message without the place in the schema will do: of types that surely fit.
fn words(pair: &Pair<'_>, table: &Companion) -> Option<Words> {
    let value = &pair.field.value;
    let (path, expected) = match &pair.target {
        Target::Trait(changed) => (changed.shown_path(), &*changed.row.type_text),
        Target::Item(array, position) => {
            let path = format!("{}.{position}", array.shown_path());
            (path, item_type(&array.row.type_text)?)
        }
        Target::Nested(_) => return Some(Words::Updater([place(pair, table)])),
        Target::Flattened(_) => return None,
    };
    if surely_fits(value, expected) {
        return None;
    }
    let (path, shown) = (literal(&path), literal(expected));
    let help = match (&pair.target, pair.field.effect) {
        (Target::Trait(_), Effect::Set) => {
            format!("write `{shown}`, `Option<{shown}>` to keep the trait when `None`, or")
        }
        _ => format!("write `{shown}`, or"),
    };
    Some(Words::Value([
        format!("`{path}` is of type `{shown}`, which `{{Self}}` does not fit"),
        format!("{help} a `Clone` type that is `Into<{shown}>`"),
        place(pair, table),
    ]))
}

/// Where the trait is declared.
fn place(pair: &Pair<'_>, table: &Companion) -> String {
    let place = pair.target.changed().map(|found| table.place(found));
    format!(
        "the trait is declared at {}",
        literal(&place.unwrap_or_default())
    )
}

/// A text that is no format string.
fn literal(text: &str) -> String {
    visible(text).replace('{', "{{").replace('}', "}}")
}
