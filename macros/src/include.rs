//! `include_schema!`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Visibility};

struct IncludeSchema {
    visibility: Visibility,
    name: LitStr,
}

impl Parse for IncludeSchema {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            visibility: input.parse()?,
            name: input.parse()?,
        })
    }
}

pub(crate) fn include_schema(input: TokenStream) -> TokenStream {
    match syn::parse2(input).and_then(expand) {
        Ok(module) => module,
        Err(error) => error.to_compile_error(),
    }
}

fn expand(IncludeSchema { visibility, name }: IncludeSchema) -> syn::Result<TokenStream> {
    let module: Ident = name.parse().map_err(|_| {
        let advice = "the name of a schema, as given to `Config::schema`, is a Rust module name";
        syn::Error::new(name.span(), advice)
    })?;
    let file = format!("/{module}.rs");
    let doc = format!("The types generated from the schema `{module}`.");
    Ok(quote! {
        #[doc = #doc]
        // An application need not use every generated item.
        #[allow(dead_code, unreachable_pub, unused_imports)]
        #visibility mod #module {
            ::core::include!(::core::concat!(
                ::core::env!(
                    "OUT_DIR",
                    "`include_schema!` needs a build script that calls `kratos_traits_codegen::Config`"
                ),
                #file
            ));
        }
    })
}
