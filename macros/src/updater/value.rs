//! The type of a field's value.

use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

use super::tokens::is_punct;

/// A type, as the user wrote it.
pub(crate) struct Value(Vec<TokenTree>);

impl Value {
    pub(super) fn new(mut tokens: Vec<TokenTree>) -> Self {
        // A `$ty` of a macro: what the user wrote stands inside, the group only where the macro is.
        while let [TokenTree::Group(group)] = &tokens[..]
            && group.delimiter() == Delimiter::None
        {
            tokens = group.stream().into_iter().collect();
        }
        // A `>` that stood before a comma would make one `>>` with the `>` of the expansion, which has no place.
        if let Some(TokenTree::Punct(last)) = tokens.last_mut() {
            let place = last.span();
            *last = Punct::new(last.as_char(), Spacing::Alone);
            last.set_span(place);
        }
        Self(tokens)
    }

    /// Its place, with the names of the expansion: what stands there, the compiler complains of there.
    pub(crate) fn place(&self) -> Span {
        let here = Span::call_site();
        let place = match &self.0[..] {
            [] => return here,
            [one] => one.span(),
            [first, .., last] => {
                let whole = first.span().join(last.span());
                whole.unwrap_or_else(|| first.span())
            }
        };
        place.resolved_at(here)
    }

    /// The name of a type without a path and parameters, behind references; `()` for that type.
    pub(crate) fn name(&self) -> Option<String> {
        Some(name(&self.0)?.0)
    }

    /// That name, and how many `&` and `mut` stand before it.
    pub(crate) fn name_behind(&self) -> Option<(String, usize)> {
        name(&self.0)
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.0);
    }
}

fn name(tokens: &[TokenTree]) -> Option<(String, usize)> {
    let behind = |rest: &[TokenTree]| name(rest).map(|(name, before)| (name, before + 1));
    match tokens {
        [TokenTree::Ident(name)] => Some((name.to_string(), 0)),
        [TokenTree::Group(group)] if group.stream().is_empty() => Some(("()".to_owned(), 0)),
        [TokenTree::Group(group)] => name(&inside(group)?),
        [and, rest @ ..] if is_punct(and, '&') => behind(behind_lifetime(rest)),
        [TokenTree::Ident(word), rest @ ..] if word == "mut" => behind(rest),
        _ => None,
    }
}

/// Passes over `'a`.
fn behind_lifetime(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [quote, TokenTree::Ident(_), rest @ ..] if is_punct(quote, '\'') => rest,
        _ => tokens,
    }
}

/// The type between parentheses, or in a `$ty` of a macro; `None` of an array.
pub(super) fn inside(group: &Group) -> Option<Vec<TokenTree>> {
    matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::None)
        .then(|| group.stream().into_iter().collect())
}
