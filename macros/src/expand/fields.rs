//! The constant `FIELDS`: the traits that each field changes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::{Names, statements};
use crate::check::{Pair, Target};

pub(super) fn fields(pairs: &[Pair<'_>], names: &Names) -> TokenStream {
    let runtime = &names.runtime;
    let fields = pairs.iter().map(|pair| field(pair, names));
    quote! {
        const FIELDS: &'static [#runtime::UpdaterField] = &[#(#fields),*];
    }
}

/// The entry of one field.
pub(super) fn field(pair: &Pair<'_>, names: &Names) -> TokenStream {
    let Names { runtime, traits } = names;
    let name = pair.field.ident.unraw().to_string();
    let constant = pair.target.changed().map(statements::constant);
    let facts = constant.map(|constant| quote!(facts: #traits::#constant.facts(),));
    match pair.target {
        Target::Trait(_) => quote!(#runtime::UpdaterField::Trait { name: #name, #facts }),
        Target::Item(_, position) => {
            let position = proc_macro2::Literal::usize_unsuffixed(position);
            quote!(#runtime::UpdaterField::Item { name: #name, #facts position: #position })
        }
        Target::Nested(_) => {
            let updater = updater(pair, names);
            quote!(#runtime::UpdaterField::Nested { name: #name, #facts #updater })
        }
        Target::Flattened(_) => {
            let updater = updater(pair, names);
            quote!(#runtime::UpdaterField::Flattened { name: #name, #updater })
        }
    }
}

/// The facts of a field that is an updater, which only the compiler knows. They have the span of the type, like the call in
/// `patch`: for a type that is not an updater, the compiler then reports two equal errors and shows one.
/// The paths begin with `<`, because the token of the runtime crate has the hygiene of another macro.
fn updater(pair: &Pair<'_>, names: &Names) -> TokenStream {
    let ty = &pair.field.value;
    let place = ty.place();
    let runtime = names.runtime_at(place);
    quote_spanned! {place=>
        fields: <#runtime::__private::Updater>::fields::<#ty>(),
        privileged: <#runtime::__private::Updater>::is_privileged::<#ty>(),
    }
}
