//! The derive of generated enums: `Choice`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, LitStr, Variant};

/// `ALL`, `as_str`, `Display`, `FromStr` and the impls of serde, by the names that `#[serde(rename)]` gives.
pub(crate) fn choice(input: TokenStream) -> TokenStream {
    let expanded = syn::parse2(input).and_then(|input| expand(&input));
    expanded.unwrap_or_else(|error| error.to_compile_error())
}

fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
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
