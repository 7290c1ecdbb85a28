//! What a field does, by the `Option`s around its type.

use syn::{GenericArgument, PathArguments, Type};

use crate::errors::Errors;

/// What a field does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Set,
    SetOrKeep,
    SetRemoveOrKeep,
}

/// The effect of a type, and the type inside.
pub(super) fn of<'a>(field: &'a Type, errors: &mut Errors) -> Option<(Effect, &'a Type)> {
    let Some(once) = option(field) else {
        return Some((Effect::Set, field));
    };
    let Some(twice) = option(once) else {
        return Some((Effect::SetOrKeep, once));
    };
    if option(twice).is_some() {
        errors.on(
            twice,
            "a third `Option` has no meaning\n\n\
             help: `Option<T>` sets or keeps; `Option<Option<T>>` sets, removes or keeps",
        );
        return None;
    }
    Some((Effect::SetRemoveOrKeep, twice))
}

/// The type inside an `Option`, which is known by its name: a macro cannot see through an alias.
fn option(outer: &Type) -> Option<&Type> {
    let path = match outer {
        Type::Group(group) => return option(&group.elem),
        Type::Paren(paren) => return option(&paren.elem),
        Type::Path(path) => path,
        _ => return None,
    };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if last.ident == "Option" => Some(inner),
        _ => None,
    }
}
