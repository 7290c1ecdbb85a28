//! The effect of a field, given by the `Option`s around its type.

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

use crate::errors::Errors;

/// The effect of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Set,
    SetOrKeep,
    SetRemoveOrKeep,
}

/// The effect of a type, and the type inside the `Option`s.
pub(super) fn of<'a>(field: &'a Type, errors: &mut Errors) -> Option<(Effect, &'a Type)> {
    let Some(once) = option(field) else {
        return Some((Effect::Set, bare(field)));
    };
    let Some(twice) = option(once) else {
        return Some((Effect::SetOrKeep, bare(once)));
    };
    if option(twice).is_some() {
        errors.on(
            twice.to_token_stream(),
            "a third `Option` has no meaning\n\n\
             help: `Option<T>` sets or keeps; `Option<Option<T>>` sets, removes or keeps",
        );
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
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(group) => bare(&group.elem),
        ty => ty,
    }
}
