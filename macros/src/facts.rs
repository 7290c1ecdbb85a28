//! The fact table of a schema, as generated code writes it.
//!
//! ```text
//! schema "schemas/customer.schema.json" closed {
//!     0 ["email"] 12:9 string "String" required [PasswordIdentifier, Verification(Email)];
//!     1 ["name"] 20:9 object(closed) "CustomerTraitsName" optional [];
//! }
//! ```

use std::fmt;

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitInt, LitStr, Token, braced, bracketed, parenthesized};

/// What generated code says of its schema.
pub(crate) struct Facts {
    pub(crate) source: String,
    pub(crate) traits: Vec<TraitFacts>,
}

/// What generated code says of one trait.
pub(crate) struct TraitFacts {
    /// The position in the table, by which the runtime knows the trait.
    pub(crate) index: usize,
    pub(crate) path: Vec<String>,
    line: u32,
    column: u32,
    pub(crate) rust_type: String,
    pub(crate) required: bool,
    pub(crate) roles: Vec<Role>,
}

/// One role, in the runtime's words: `Verification(Email)`.
pub(crate) struct Role {
    name: String,
    channel: Option<String>,
}

impl Facts {
    pub(crate) fn get(&self, path: &[String]) -> Option<&TraitFacts> {
        self.traits.iter().find(|facts| facts.path == path)
    }

    /// The place of a trait in the schema file, for a message.
    pub(crate) fn place(&self, facts: &TraitFacts) -> String {
        format!("{}:{}:{}", self.source, facts.line, facts.column)
    }
}

impl TraitFacts {
    pub(crate) fn written_path(&self) -> String {
        written(&self.path)
    }
}

/// A path as users write it: `name.first`, a dot inside a name as `\.`.
pub(crate) fn written(path: &[String]) -> String {
    let escape = |name: &String| name.replace('\\', "\\\\").replace('.', "\\.");
    path.iter().map(escape).collect::<Vec<_>>().join(".")
}

impl Role {
    /// Whether a change of the trait can need a privileged session.
    pub(crate) fn is_privileged(&self) -> bool {
        self.name.ends_with("Identifier") || self.name == "Verification" || self.name == "Recovery"
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.name.as_str() {
            "PasswordIdentifier" => "an identifier of `password`",
            "WebauthnIdentifier" => "an identifier of `webauthn`",
            "CodeIdentifier" => "an identifier of `code`",
            "Verification" => "a verification address",
            "Recovery" => "a recovery address",
            other => other,
        };
        f.write_str(what)?;
        match self.channel.as_deref() {
            Some("Email") => f.write_str(" by e-mail"),
            Some("Sms") => f.write_str(" by SMS"),
            _ => Ok(()),
        }
    }
}

impl Parse for Facts {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Ident>()?;
        let source = input.parse::<LitStr>()?.value();
        input.parse::<Ident>()?;
        let table;
        braced!(table in input);
        let traits = Punctuated::<TraitFacts, Token![;]>::parse_terminated(&table)?;
        Ok(Self {
            source,
            traits: traits.into_iter().collect(),
        })
    }
}

impl Parse for TraitFacts {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let index = input.parse::<LitInt>()?.base10_parse()?;
        let names;
        bracketed!(names in input);
        let mut path = Vec::new();
        while !names.is_empty() {
            path.push(names.parse::<LitStr>()?.value());
        }
        let line = input.parse::<LitInt>()?.base10_parse()?;
        input.parse::<Token![:]>()?;
        let column = input.parse::<LitInt>()?.base10_parse()?;
        kind(input)?;
        let rust_type = input.parse::<LitStr>()?.value();
        let required = input.parse::<Ident>()? == "required";
        let roles;
        bracketed!(roles in input);
        let roles = Punctuated::<Role, Token![,]>::parse_terminated(&roles)?;
        Ok(Self {
            index,
            path,
            line,
            column,
            rust_type,
            required,
            roles: roles.into_iter().collect(),
        })
    }
}

/// `string`, `object(closed)`, …: the type that a message names says it better.
fn kind(input: ParseStream<'_>) -> syn::Result<()> {
    input.parse::<Ident>()?;
    if input.peek(syn::token::Paren) {
        let openness;
        parenthesized!(openness in input);
        openness.parse::<Ident>()?;
    }
    Ok(())
}

impl Parse for Role {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse::<Ident>()?.to_string();
        let channel = if input.peek(syn::token::Paren) {
            let channel;
            parenthesized!(channel in input);
            Some(channel.parse::<Ident>()?.to_string())
        } else {
            None
        };
        Ok(Self { name, channel })
    }
}
