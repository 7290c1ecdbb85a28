//! The expansion of the table of an object.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::companion;
use super::objects::{Member, Object};
use crate::table::{Channel, Role, Table};
use crate::visible::visible;

/// Facts, constants and companion macro of an object.
pub(super) fn object(object: &Object<'_>, table: &Table, runtime: &TokenStream) -> TokenStream {
    let Object {
        name,
        members,
        fingerprint,
        text,
    } = object;
    let visibility = &table.visibility;
    let source = table.source.value();
    let facts = members.iter().map(|member| facts(member, runtime));
    let constants = members.iter().enumerate().map(|(index, member)| {
        let (doc, constant) = (doc(member, &source), constant(index, member, runtime));
        quote!(#[doc = #doc] #visibility #constant)
    });
    let number = Literal::u64_unsuffixed(*fingerprint);
    let name_text = name.to_string();
    let rows = quote!(#name_text #source #number #text);
    let companion = companion(name, visibility, *fingerprint, &rows, runtime);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #runtime::TraitsObject for #name {
            const TRAITS: &'static [#runtime::TraitFacts] = &[#(#facts),*];
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl #runtime::__private::TableOf<#number> for #name {}
        #[allow(dead_code, deprecated)]
        impl #name {
            #(#constants)*
        }
        #companion
    }
}

fn facts(member: &Member, runtime: &TokenStream) -> TokenStream {
    let Member { row, place, .. } = member;
    let path = &row.path;
    let (required, editable) = (row.required, !row.denied);
    let roles = row.all_roles().into_iter().map(|one| role(one, runtime));
    let [line, column] = [place.0, place.1].map(Literal::u32_unsuffixed);
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
    let path = visible(&member.row.written_path());
    let (line, column) = member.place;
    format!(
        "The trait `{path}`, declared at {}:{line}:{column}.",
        visible(source)
    )
}

fn constant(index: usize, member: &Member, runtime: &TokenStream) -> TokenStream {
    let here = Span::call_site();
    let name = Ident::new(&member.constant, here);
    let ty = &member.row.ty;
    let access = Ident::new(member.access.marker(), here);
    let presence = match (member.row.required, member.row.only.is_empty()) {
        (true, _) => "Required",
        (false, false) => "LastIdentifier",
        (false, true) => "Optional",
    };
    let presence = Ident::new(presence, here);
    let index = Literal::usize_unsuffixed(index);
    quote! {
        const #name: #runtime::Field<Self, #ty, #runtime::marker::#access, #runtime::marker::#presence> =
            #runtime::Field::at(#index);
    }
}

fn role(role: Role, runtime: &TokenStream) -> TokenStream {
    let with_channel = |name: &str, channel| {
        let name = Ident::new(name, Span::call_site());
        let channel = match channel {
            Channel::Email => quote!(Email),
            Channel::Sms => quote!(Sms),
        };
        quote!(#name(#runtime::Channel::#channel))
    };
    let role = match role {
        Role::PasswordIdentifier => quote!(PasswordIdentifier),
        Role::WebauthnIdentifier => quote!(WebauthnIdentifier),
        Role::CodeIdentifier(channel) => with_channel("CodeIdentifier", channel),
        Role::Verification(channel) => with_channel("Verification", channel),
        Role::Recovery(channel) => with_channel("Recovery", channel),
        Role::AccountName => quote!(TotpAccountName),
        Role::DisplayName => quote!(PasskeyDisplayName),
        Role::Organization => quote!(OrganizationMatcher),
    };
    quote!(#runtime::Role::#role)
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
            const FIELDS: &'static [#runtime::UpdaterField] = &[#runtime::UpdaterField::Whole {
                traits: <Self as #runtime::TraitsObject>::TRAITS,
            }];
            fn patch(&self) -> #runtime::Patch<Self, #runtime::marker::Privileged> {
                #runtime::__private::whole(self)
            }
        }
    }
}
