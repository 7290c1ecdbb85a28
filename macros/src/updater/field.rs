//! A field of an updater: its path, its effect and the type of its value.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{GenericArgument, LitStr, Path, PathArguments, Type};

use super::attributes::{FieldAttributes, Form};
use crate::messages::{Errors, visible};
use crate::table::{canonical, written};

/// A field that changes traits.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) form: Form,
    /// The path of the trait.
    path: Vec<String>,
    /// The token that names the trait: the field's name, or the literal of `path =`.
    pub(crate) named_by: TokenStream,
    /// Whether it is named by `path =`.
    pub(crate) has_path: bool,
    pub(crate) effect: Effect,
    /// The type without the `Option`s of the effect.
    pub(crate) value: Value,
}

/// The effect of a field, given by the `Option`s around its type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Set,
    SetOrKeep,
    SetRemoveOrKeep,
}

impl Field {
    /// `None` if it is skipped or has a mistake.
    pub(super) fn read(field: &syn::Field, errors: &mut Errors) -> Option<Self> {
        let ident = field.ident.clone()?;
        let attributes = FieldAttributes::read(&field.attrs, errors)?;
        if matches!(attributes.form, Form::Skip) {
            return None;
        }
        let (effect, value) = effect(&field.ty, errors)?;
        let (path, named_by) = match &attributes.path {
            Some(literal) => (split(literal, errors)?, literal.to_token_stream()),
            None => (vec![ident.unraw().to_string()], ident.to_token_stream()),
        };
        Some(Self {
            form: attributes.form,
            path,
            named_by,
            has_path: attributes.path.is_some(),
            effect,
            value: Value(value.clone()),
            ident,
        })
    }

    /// The trait or object; `None` for a flattened field.
    pub(crate) fn path(&self) -> Option<&[String]> {
        (!matches!(self.form, Form::Flatten(_))).then_some(&*self.path)
    }
}

/// The effect of a type, and the type inside the `Option`s.
fn effect<'a>(field: &'a Type, errors: &mut Errors) -> Option<(Effect, &'a Type)> {
    let Some(once) = option(field) else {
        return Some((Effect::Set, bare(field)));
    };
    let Some(twice) = option(once) else {
        return Some((Effect::SetOrKeep, bare(once)));
    };
    if option(twice).is_some() {
        let message = "at most two `Option`s are allowed\n\n\
             help: `Option<T>` sets or keeps; `Option<Option<T>>` sets, removes or keeps";
        errors.on(twice, message);
        return None;
    }
    Some((Effect::SetRemoveOrKeep, bare(twice)))
}

/// The type inside an `Option`, which is recognized by name: a macro cannot resolve an alias.
fn option(outer: &Type) -> Option<&Type> {
    let Type::Path(path) = bare(outer) else {
        return None;
    };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if last.ident == "Option" && path.qself.is_none() => {
            Some(inner)
        }
        _ => None,
    }
}

/// The type without parentheses and without the invisible group of a macro's `$ty`.
fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(group) => bare(&group.elem),
        ty => ty,
    }
}

/// Splits the value of `path =` at its dots; `\.` is a dot inside a name.
fn split(literal: &LitStr, errors: &mut Errors) -> Option<Vec<String>> {
    let text = literal.value();
    let mut path = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let last = path.len() - 1;
        match c {
            '.' => path.push(String::new()),
            '\\' => path[last].push(chars.next().unwrap_or('\\')),
            c => path[last].push(c),
        }
    }
    if text.is_empty() {
        let message =
            "the path is empty\n\nhelp: write the path of a trait, for example `name.first`";
        errors.on(literal, message);
        return None;
    }
    if path.len() > 1 && path[0] == "traits" {
        let inside = visible(&written(&path[1..]));
        let message = format!("a path is relative to the traits\n\nhelp: write `{inside}`");
        errors.on(literal, message);
        return None;
    }
    Some(path)
}

/// A type as the user wrote it, without the `Option`s of the effect.
pub(crate) struct Value(Type);

impl Value {
    /// The span of the type with the hygiene of the expansion: the compiler reports errors of tokens with this span at the type,
    /// and the tokens can still refer to `self`.
    pub(crate) fn span(&self) -> Span {
        Span::call_site().located_at(self.0.span())
    }

    /// The name of a type without parameters, inside references (`()` for the unit type), and the number of `&` and `mut` before
    /// it. A name with a path is known only if the path leads into the standard library.
    pub(crate) fn name(&self) -> Option<(String, usize)> {
        name(&self.0)
    }

    /// The type in a canonical spelling.
    pub(crate) fn text(&self) -> String {
        canonical(self.0.to_token_stream())
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
