//! The expansion of the table of an object.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::Visibility;

use super::objects::{Member, Object};
use crate::messages::visible;
use crate::table::{Role, Table};

/// Facts, constants and companion macro of an object.
pub(super) fn object(object: &Object<'_>, table: &Table, runtime: &TokenStream) -> TokenStream {
    let (name, visibility) = (object.name, &table.visibility);
    let source = table.source.value();
    let facts = object.members.iter().map(|member| facts(member, runtime));
    let members = object.members.iter().enumerate();
    let constants = members.map(|(index, member)| {
        let (doc, constant) = (doc(member, &source), constant(index, member, runtime));
        quote!(#[doc = #doc] #visibility #constant)
    });
    let fingerprint = Literal::u64_unsuffixed(object.fingerprint);
    let companion = companion(object, table, runtime);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #runtime::TraitsObject for #name {
            const TRAITS: &'static [#runtime::TraitFacts] = &[#(#facts),*];
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl #runtime::__private::TableOf<#fingerprint> for #name {}
        #[allow(dead_code, deprecated)]
        impl #name {
            #(#constants)*
        }
        #companion
    }
}

/// The macro under the name of the generated struct: it appends the table to the tokens of an updater.
fn companion(object: &Object<'_>, table: &Table, runtime: &TokenStream) -> TokenStream {
    let Object { name, rows, .. } = object;
    let (visibility, source) = (&table.visibility, table.source.value());
    let (name_text, fingerprint) = (
        name.to_string(),
        Literal::u64_unsuffixed(object.fingerprint),
    );
    let unique = unique_name(object);
    // An exported macro is visible in every crate; otherwise only the `use` makes it visible.
    let export = matches!(visibility, Visibility::Public(_)).then(|| quote!(#[macro_export]));
    quote! {
        #[doc(hidden)]
        #export
        macro_rules! #unique {
            ($updater:tt) => {
                #runtime::__private::settings_update! {
                    [#runtime] #name_text #source #fingerprint #rows $updater
                }
            };
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        #visibility use #unique as #name;
    }
}

/// A name for a companion macro: the names of exported macros are crate-wide, and a table may be included twice.
fn unique_name(object: &Object<'_>) -> Ident {
    static COPIES: Mutex<BTreeMap<(String, u64), usize>> = Mutex::new(BTreeMap::new());
    let (name, fingerprint) = (object.name.to_string(), object.fingerprint);
    let mut copies = COPIES.lock().unwrap_or_else(PoisonError::into_inner);
    let copy = copies.entry((name.clone(), fingerprint)).or_default();
    *copy += 1;
    let unique = format!("__kratos_traits_{name}_{fingerprint:016x}_{copy}");
    Ident::new(&unique, Span::call_site())
}

fn facts(member: &Member, runtime: &TokenStream) -> TokenStream {
    let (row, editable) = (&member.row, member.is_editable);
    let (path, required) = (&row.path, row.required);
    let mut roles: Vec<Role> = Vec::new();
    for role in row.roles() {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    let roles = roles.into_iter().map(|role| role.expand(runtime));
    let (line, column) = row.place.unwrap_or_default();
    let [line, column] = [line, column].map(Literal::u32_unsuffixed);
    quote! {
        #runtime::TraitFacts {
            path: &[#(#path),*],
            required: #required,
            roles: &[#(#roles),*],
            editable: #editable,
            line: #line,
            column: #column,
        }
    }
}

fn doc(member: &Member, source: &str) -> String {
    let (path, source) = (member.row.shown_path(), visible(source));
    let (line, column) = member.row.place.unwrap_or_default();
    format!("The trait `{path}`, declared at {source}:{line}:{column}.")
}

fn constant(index: usize, member: &Member, runtime: &TokenStream) -> TokenStream {
    let here = Span::call_site();
    let name = Ident::new(&member.constant, here);
    let ty = &member.row.ty;
    // The variants of `Access` have the names of the markers.
    let access = Ident::new(&format!("{:?}", member.access), here);
    let presence = match (member.row.required, member.row.only()) {
        (true, _) => "Required",
        (false, Some(_)) => "LastIdentifier",
        (false, None) => "Optional",
    };
    let presence = Ident::new(presence, here);
    let index = Literal::usize_unsuffixed(index);
    quote! {
        const #name: #runtime::Field<Self, #ty, #runtime::marker::#access, #runtime::marker::#presence> =
            #runtime::Field::at(#index);
    }
}

/// The impls of the struct of the traits.
pub(super) fn identity_traits(
    table: &Table,
    fingerprint: u64,
    runtime: &TokenStream,
) -> TokenStream {
    let Table {
        object,
        source,
        schema,
        ..
    } = table;
    let ids = table
        .schema_id
        .as_ref()
        .map(|id| quote!(const SCHEMA_IDS: &'static [&'static str] = &[#id];));
    let fingerprint = Literal::u64_unsuffixed(fingerprint);
    let conflict = format!(
        "all traits of `{object}` are changed by this flattened updater and by another field\n\n\
         note: the schema is {}",
        visible(&source.value())
    );
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #runtime::IdentityTraits for #object {
            fn schema() -> &'static #runtime::Schema {
                static SCHEMA: #runtime::Schema = #runtime::Schema::new(
                    #source,
                    #schema,
                    <#object as #runtime::TraitsObject>::TRAITS,
                    #fingerprint,
                );
                &SCHEMA
            }
            #ids
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl #runtime::SettingsUpdate for #object {
            type Traits = Self;
            type Access = #runtime::marker::Privileged;
            const FIELDS: &'static [#runtime::__private::UpdaterField] =
                &[#runtime::__private::UpdaterField::all(#conflict)];
            fn patch(&self) -> #runtime::Patch<Self, #runtime::marker::Privileged> {
                #runtime::__private::whole(self)
            }
        }
    }
}
