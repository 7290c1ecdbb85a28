//! The type of a field's value.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Path, Type};

use super::effect::bare;
use crate::table::type_text;

/// A type as the user wrote it, without the `Option`s of the effect.
pub(crate) struct Value(pub(super) Type);

impl Value {
    /// The span of the type with the hygiene of the expansion: the compiler reports errors of tokens with this span at the type,
    /// and the tokens can still refer to `self`.
    pub(crate) fn place(&self) -> Span {
        Span::call_site().located_at(self.0.span())
    }

    /// The name of a type without parameters, inside references (`()` for the unit type), and the number of `&` and `mut` before
    /// it. A name with a path is known only if the path leads into the standard library.
    pub(crate) fn name(&self) -> Option<(String, usize)> {
        name(&self.0)
    }

    /// The type in a canonical spelling.
    pub(crate) fn text(&self) -> String {
        type_text(self.0.to_token_stream())
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

fn name(ty: &Type) -> Option<(String, usize)> {
    match bare(ty) {
        Type::Path(path) if path.qself.is_none() => Some((path_name(&path.path)?, 0)),
        Type::Tuple(tuple) if tuple.elems.is_empty() => Some(("()".to_owned(), 0)),
        Type::Reference(reference) => {
            let before = 1 + usize::from(reference.mutability.is_some());
            name(&reference.elem).map(|(name, inner)| (name, before + inner))
        }
        _ => None,
    }
}

fn path_name(path: &Path) -> Option<String> {
    let last = path.segments.last()?;
    let is_known = match path.segments.first()?.ident.to_string().as_str() {
        "std" | "core" | "alloc" => true,
        _ => path.segments.len() == 1 && path.leading_colon.is_none(),
    };
    (is_known && last.arguments.is_none()).then(|| last.ident.to_string())
}
