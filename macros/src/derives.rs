//! The derives of generated types: `Redacted`, `New` and `Choice`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Field, Fields, LitStr, Meta, Variant};

/// `Debug` that shows the name of the type only.
pub(crate) fn redacted(input: TokenStream) -> TokenStream {
    // The name follows `struct` or `enum`; nothing else of the item matters.
    let mut tokens = input
        .into_iter()
        .skip_while(|token| !is_item_keyword(token));
    tokens.next();
    match tokens.next() {
        Some(TokenTree::Ident(name)) => redacted_debug(&name),
        _ => TokenStream::new(),
    }
}

fn is_item_keyword(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(word) if word == "struct" || word == "enum")
}

fn redacted_debug(name: &Ident) -> TokenStream {
    let text = name.to_string();
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::DebugStruct::finish_non_exhaustive(
                    &mut ::core::fmt::Formatter::debug_struct(f, #text),
                )
            }
        }
    }
}

/// `NewX`, a struct of the required members of `X`, and the conversion into `X`.
pub(crate) fn new(input: TokenStream) -> TokenStream {
    let expanded = syn::parse2(input).and_then(|input| expand_new(&input));
    expanded.unwrap_or_else(|error| error.to_compile_error())
}

fn expand_new(input: &DeriveInput) -> syn::Result<TokenStream> {
    let (name, visibility) = (&input.ident, &input.vis);
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new(name.span(), "expected a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(syn::Error::new(
            name.span(),
            "expected a struct with named fields",
        ));
    };
    let (optional, required): (Vec<&Field>, Vec<&Field>) =
        fields.named.iter().partition(|field| may_be_absent(field));
    if required.is_empty() {
        let message = "the struct has no required members\n\nhelp: derive `Default` instead";
        return Err(syn::Error::new(name.span(), message));
    }
    let new = format_ident!("New{name}");
    let members = required.iter().map(|field| member(field));
    let required = required.iter().map(|field| &field.ident);
    let required: Vec<_> = required.collect();
    let optional = optional.iter().map(|field| &field.ident);
    let doc = format!(
        "The required members of [`{name}`]: write `{name} {{ …, ..{new} {{ … }}.into() }}`."
    );
    let from_doc = "The other members are absent.";
    let debug = redacted_debug(&new);
    Ok(quote! {
        #[doc = #doc]
        #[derive(::core::clone::Clone)]
        #[allow(dead_code, deprecated)]
        #visibility struct #new {
            #(#members,)*
        }
        #debug
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::core::convert::From<#new> for #name {
            #[doc = #from_doc]
            fn from(new: #new) -> Self {
                Self {
                    #(#required: new.#required,)*
                    #(#optional: ::core::default::Default::default(),)*
                }
            }
        }
    })
}

/// The field with its documentation, and without the attributes of serde.
fn member(field: &Field) -> TokenStream {
    let Field { vis, ident, ty, .. } = field;
    let kept = |attribute: &&Attribute| {
        attribute.path().is_ident("doc") || attribute.path().is_ident("deprecated")
    };
    let attributes = field.attrs.iter().filter(kept);
    quote!(#(#attributes)* #vis #ident: #ty)
}

/// Whether serde accepts an absent field.
fn may_be_absent(field: &Field) -> bool {
    let mut serde = field
        .attrs
        .iter()
        .filter(|one| one.path().is_ident("serde"));
    serde.any(|attribute| match &attribute.meta {
        Meta::List(list) if matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) => list
            .tokens
            .clone()
            .into_iter()
            .any(|token| is_default(&token)),
        _ => false,
    })
}

fn is_default(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => word == "default" || word == "flatten",
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            group.stream().into_iter().any(|token| is_default(&token))
        }
        _ => false,
    }
}

/// `ALL`, `as_str`, `Display`, `FromStr` and the impls of serde, by the names that `#[serde(rename)]` gives.
pub(crate) fn choice(input: TokenStream) -> TokenStream {
    let expanded = syn::parse2(input).and_then(|input| expand_choice(&input));
    expanded.unwrap_or_else(|error| error.to_compile_error())
}

fn expand_choice(input: &DeriveInput) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let Data::Enum(data) = &input.data else {
        return Err(syn::Error::new(name.span(), "expected an enum"));
    };
    let variants: Vec<_> = data.variants.iter().map(|one| &one.ident).collect();
    let texts: Vec<LitStr> = data.variants.iter().map(text).collect::<syn::Result<_>>()?;
    // The glob import of the generated file has this name.
    let generated = quote!(__kratos_traits);
    let serde = quote!(#generated::serde);
    Ok(quote! {
        #[automatically_derived]
        #[allow(dead_code, deprecated)]
        impl #name {
            /// Every value, in the order of the schema.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// The value in the traits.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#variants => #texts,)*
                }
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Formatter::pad(f, self.as_str())
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::core::str::FromStr for #name {
            type Err = #generated::UnknownValue;

            fn from_str(text: &str) -> ::core::result::Result<Self, #generated::UnknownValue> {
                match text {
                    #(#texts => ::core::result::Result::Ok(Self::#variants),)*
                    _ => ::core::result::Result::Err(#generated::UnknownValue::new(&[#(#texts),*])),
                }
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl #serde::Serialize for #name {
            fn serialize<S: #serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #serde::Serializer::serialize_str(serializer, self.as_str())
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl<'de> #serde::Deserialize<'de> for #name {
            fn deserialize<D: #serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #generated::read::choice(deserializer)
            }
        }
    })
}

/// The text of a variant.
fn text(variant: &Variant) -> syn::Result<LitStr> {
    let mut text = None;
    for attribute in &variant.attrs {
        if attribute.path().is_ident("serde") {
            attribute.parse_nested_meta(|meta| {
                if !meta.path.is_ident("rename") {
                    return Err(meta.error("expected `rename`"));
                }
                text = Some(meta.value()?.parse()?);
                Ok(())
            })?;
        }
    }
    let message = "a variant needs `#[serde(rename = \"…\")]`";
    text.ok_or_else(|| syn::Error::new(variant.ident.span(), message))
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    fn expanded(derive: fn(TokenStream) -> TokenStream, item: &str) -> String {
        derive(TokenStream::from_str(item).unwrap()).to_string()
    }

    #[test]
    fn the_required_members_are_those_without_a_default() {
        let text = expanded(
            new,
            r#"pub(crate) struct Guest {
                /// Mail.
                #[serde(rename = "default")]
                pub email: String,
                #[serde(deserialize_with = "read::nullable")]
                phone: Option<String>,
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub name: Option<String>,
                #[serde(flatten)]
                pub additional_properties: BTreeMap<String, JsonValue>,
            }"#,
        );
        let members = "pub (crate) struct NewGuest { # [doc = \" Mail.\"] pub email : String , phone : Option < String > , }";
        assert!(text.contains(members), "{text}");
        assert!(
            text.contains("name : :: core :: default :: Default :: default ()"),
            "{text}"
        );
    }

    #[test]
    fn a_struct_without_required_members_has_a_default_instead() {
        let text = expanded(
            new,
            "struct Guest { #[serde(default)] name: Option<String> }",
        );
        assert!(text.contains("derive `Default` instead"), "{text}");
    }

    #[test]
    fn debug_shows_the_name_only() {
        for item in [
            "pub(crate) struct Guest { email: String }",
            "#[repr(u8)] enum Guest { A }",
        ] {
            let text = expanded(redacted, item);
            assert!(
                text.contains("Debug for Guest") && !text.contains("email"),
                "{text}"
            );
        }
    }
}
