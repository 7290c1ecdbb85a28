//! What a field does, by the `Option`s around its type.

use proc_macro2::{TokenStream, TokenTree};

use super::tokens::{is_punct, split};
use super::value::inside;
use crate::errors::Errors;

/// What a field does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Set,
    SetOrKeep,
    SetRemoveOrKeep,
}

/// The effect of a type, and the type inside.
pub(super) fn of(field: Vec<TokenTree>, errors: &mut Errors) -> Option<(Effect, Vec<TokenTree>)> {
    let Some(once) = option(&field) else {
        return Some((Effect::Set, field));
    };
    let Some(twice) = option(&once) else {
        return Some((Effect::SetOrKeep, once));
    };
    if option(&twice).is_some() {
        errors.on(
            TokenStream::from_iter(twice),
            "a third `Option` has no meaning\n\n\
             help: `Option<T>` sets or keeps; `Option<Option<T>>` sets, removes or keeps",
        );
        return None;
    }
    Some((Effect::SetRemoveOrKeep, twice))
}

/// The type inside an `Option`, which is known by its name: a macro cannot see through an alias.
fn option(outer: &[TokenTree]) -> Option<Vec<TokenTree>> {
    if let [TokenTree::Group(group)] = outer {
        return option(&inside(group)?);
    }
    let start = outer.iter().position(|token| is_punct(token, '<'))?;
    let (path, arguments) = outer.split_at(start);
    let arguments = match arguments {
        [_, arguments @ .., end] if is_punct(end, '>') => arguments,
        _ => return None,
    };
    // `Option::<T>` is written in a type, too.
    let mut names = path.iter().rev().filter(|token| !is_punct(token, ':'));
    match names.next()? {
        TokenTree::Ident(name) if name == "Option" && names.all(is_name) => {
            Some(split(arguments).first()?.to_vec())
        }
        _ => None,
    }
}

fn is_name(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_))
}
