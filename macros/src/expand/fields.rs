//! The constant that says which fields change which traits.

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

/// What the compiler knows of a field that is an updater. Has the place of the type, as the call in `patch` has: the compiler
/// reports there a type that is no updater, and once, because its errors are then the same to the letter. So the paths begin with
/// `<`: the token of the runtime crate has the hygiene of another macro.
fn updater(pair: &Pair<'_>, names: &Names) -> TokenStream {
    let ty = &pair.field.value;
    let place = ty.place();
    let runtime = names.runtime_at(place);
    quote_spanned! {place=>
        fields: <#runtime::__private::Updater>::fields::<#ty>(),
        privileged: <#runtime::__private::Updater>::is_privileged::<#ty>(),
    }
}
