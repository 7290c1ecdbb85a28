//! `include_schema!`.

use std::path::Path;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Visibility};

use crate::messages::visible;

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
    let out_dir = std::env::var_os("OUT_DIR");
    let out_dir = out_dir.as_deref().map(Path::new);
    match syn::parse2(input).and_then(|input| expand(&input, out_dir)) {
        Ok(module) => module,
        Err(error) => error.to_compile_error(),
    }
}

fn expand(
    IncludeSchema { visibility, name }: &IncludeSchema,
    out_dir: Option<&Path>,
) -> syn::Result<TokenStream> {
    let error = |message| syn::Error::new(name.span(), message);
    let schema = name.value();
    let module = module(&schema).map_err(error)?;
    generated(&schema, out_dir).map_err(error)?;
    let file = format!("/{schema}.rs");
    let doc = format!("The types generated from the schema `{schema}`.");
    Ok(quote! {
        #[doc = #doc]
        // An application may leave generated items unused, and does not choose their style.
        #[allow(
            dead_code,
            unreachable_pub,
            unnameable_types,
            unused_imports,
            clippy::all,
            clippy::pedantic,
            clippy::nursery
        )]
        #visibility mod #module {
            ::core::include!(::core::concat!(::core::env!("OUT_DIR"), #file));
        }
    })
}

/// The module of a schema: `my-app` is `my_app`.
fn module(schema: &str) -> Result<Ident, String> {
    let name = schema.replace('-', "_");
    // A keyword since edition 2024; before that, `r#gen` is the same name as `gen`.
    if name == "gen" {
        return Ok(Ident::new_raw(&name, Span::call_site()));
    }
    if let Ok(mut module) = syn::parse_str::<Ident>(&name) {
        module.set_span(Span::call_site());
        return Ok(module);
    }
    let shown = visible(schema);
    let keyword = name.chars().all(|c| c.is_ascii_alphabetic()) && !name.is_empty();
    Err(if keyword {
        format!(
            "`{name}` is a keyword, so it cannot be the name of a module\n\n\
             help: give the schema another name in the build script: `Config::schema(\"{name}_schema\", …)`"
        )
    } else {
        format!(
            "`{shown}` cannot be the name of a module\n\n\
             help: use letters, digits, `_` and `-` for the name, in the build script and here"
        )
    })
}

/// An error if the build script has not written the file.
fn generated(schema: &str, out_dir: Option<&Path>) -> Result<(), String> {
    let Some(out_dir) = out_dir else {
        return Err(format!(
            "this package has no build script that generates `{schema}`\n\n\
             help: add `kratos-traits-codegen` to `[build-dependencies]` and write `build.rs`:\n\n\
             fn main() {{\n    \
                 kratos_traits_codegen::Config::new()\n        \
                     .schema(\"{schema}\", \"schemas/{schema}.schema.json\")\n        \
                     .compile();\n\
             }}"
        ));
    };
    if out_dir.join(format!("{schema}.rs")).exists() {
        return Ok(());
    }
    let others = match written(out_dir).as_slice() {
        [] => String::new(),
        others => format!("; it generates `{}`", others.join("`, `")),
    };
    Err(format!(
        "the build script does not generate a schema `{schema}`{others}\n\n\
         help: add `.schema(\"{schema}\", \"schemas/{schema}.schema.json\")` to the `Config` in `build.rs`, and `.compile()` at the end"
    ))
}

/// The names of the files there, sorted.
fn written(out_dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(out_dir).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned()))
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_build_script_the_message_has_one() {
        let message = generated("customer", None).unwrap_err();
        let script = r#"
fn main() {
    kratos_traits_codegen::Config::new()
        .schema("customer", "schemas/customer.schema.json")
        .compile();
}"#;
        assert!(message.ends_with(script), "{message}");
    }

    #[test]
    fn the_generated_files_are_listed() {
        let here = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/check"));
        assert_eq!(generated("rules", Some(here)), Ok(()));
        let message = generated("my-app", Some(here)).unwrap_err();
        assert!(
            message.starts_with(
                "the build script does not generate a schema `my-app`; it generates `rules`, `types`, "
            ),
            "{message}"
        );
        let nowhere = generated("a", Some(Path::new("/nowhere"))).unwrap_err();
        assert!(!nowhere.contains("it generates"), "{nowhere}");
    }

    #[test]
    fn modules() {
        assert_eq!(module("my-app").unwrap().to_string(), "my_app");
        assert_eq!(module("gen").unwrap().to_string(), "r#gen");
        assert!(module("type").unwrap_err().contains("is a keyword"));
        for name in ["", "my schema", "1st", "a/b"] {
            assert!(module(name).unwrap_err().contains("cannot be"), "{name}");
        }
    }
}
