//! The table of an identity schema and the parser of its grammar.
//!
//! ```text
//! format 1: CustomerTraits, CustomerTraitsName;
//! pub CustomerTraits from "schemas/customer.schema.json";
//! email: required string as String, identifier(password), only(password), verification(email);
//! name: closed as CustomerTraitsName;
//! name.first: string as String;
//! = r#"{ … }"#;
//! ```
//!
//! `schema!` reads it from the generated file, and the derive reads single rows again from a companion macro.

mod companion;
mod fact;
mod row;
#[cfg(test)]
mod tests;

use proc_macro2::{Ident, Span, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{LitInt, LitStr, Token, Visibility};

pub(crate) use self::companion::{Companion, Trait, companion_row};
pub(crate) use self::fact::{Channel, Role};
pub(crate) use self::row::{Kind, Row, type_text};
use crate::suggest::nearest;

/// The version of the grammar that this crate reads.
pub(crate) const FORMAT: u32 = 1;

/// The first line: the only one that is the same in every version.
pub(crate) struct Head {
    pub(crate) word: Ident,
    pub(crate) version: u32,
    /// The objects that have facts, the traits first.
    pub(crate) objects: Vec<Ident>,
}

impl Head {
    pub(crate) fn is_of_this_version(&self) -> bool {
        self.version == FORMAT
    }
}

impl Parse for Head {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let word = keyword(input, "format")?;
        let version: LitInt = input.parse()?;
        input.parse::<Token![:]>()?;
        let mut objects = vec![input.parse()?];
        while input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            objects.push(input.parse()?);
        }
        input.parse::<Token![;]>()?;
        Ok(Self {
            word,
            version: version.base10_parse()?,
            objects,
        })
    }
}

/// The table after the first line.
pub(crate) struct Table {
    /// Of the constants and of the companion macros.
    pub(crate) visibility: Visibility,
    /// The struct of the traits.
    pub(crate) object: Ident,
    /// The schema file.
    pub(crate) source: LitStr,
    /// The id of the schema on the server.
    pub(crate) schema_id: Option<LitStr>,
    pub(crate) rows: Vec<Row>,
    pub(crate) schema: LitStr,
}

impl Parse for Table {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let visibility = input.parse()?;
        let object: Ident = input.parse()?;
        keyword(input, "from")?;
        let source = input.parse()?;
        let mut schema_id = None;
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            keyword(input, "id")?;
            schema_id = Some(input.parse()?);
        }
        input.parse::<Token![;]>()?;
        let rows = rows(input)?;
        if input.is_empty() {
            return Err(syn::Error::new(object.span(), "the table has no schema"));
        }
        input.parse::<Token![=]>()?;
        let schema = input.parse()?;
        input.parse::<Token![;]>()?;
        if !input.is_empty() {
            return Err(input.error("expected nothing after the schema"));
        }
        Ok(Self {
            visibility,
            object,
            source,
            schema_id,
            rows,
            schema,
        })
    }
}

/// The rows up to the schema; the errors of all of them are reported together.
fn rows(input: ParseStream<'_>) -> syn::Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut errors: Option<syn::Error> = None;
    while !input.is_empty() && !input.peek(Token![=]) {
        match input.parse() {
            Ok(row) => rows.push(row),
            Err(error) => {
                match &mut errors {
                    Some(all) => all.combine(error),
                    None => errors = Some(error),
                }
                skip_row(input)?;
            }
        }
    }
    match errors {
        Some(errors) => Err(errors),
        None => Ok(rows),
    }
}

/// Skips the rest of a row with an error, so that the next row is read too.
fn skip_row(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() {
        let token: TokenTree = input.parse()?;
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ';') {
            break;
        }
    }
    Ok(())
}

fn keyword(input: ParseStream<'_>, word: &str) -> syn::Result<Ident> {
    let found: Ident = input.parse()?;
    if found == word {
        Ok(found)
    } else {
        Err(syn::Error::new(found.span(), format!("expected `{word}`")))
    }
}

/// An error for an unknown word of the grammar.
fn unknown(span: Span, what: &str, found: &str, known: &[&str]) -> syn::Error {
    let help = match nearest(found, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are `{}`", known.join("`, `")),
    };
    syn::Error::new(span, format!("unknown {what} `{found}`\n\nhelp: {help}"))
}

/// A path as users write it: `name.first`, a dot inside a name as `\.`.
pub(crate) fn written(path: &[String]) -> String {
    let escape = |name: &String| name.replace('\\', "\\\\").replace('.', "\\.");
    path.iter().map(escape).collect::<Vec<_>>().join(".")
}
