//! The fact table of an object, as generated code writes it.
//!
//! ```text
//! schema "schemas/customer.schema.json" object "CustomerTraits" closed {
//!     0 ["email"] 12:9 string "String" required [PasswordIdentifier, Verification(Email)];
//!     1 ["name"] 20:9 object(closed) "CustomerTraitsName" optional [];
//!     2 ["name" "first"] 24:13 string "String" optional [];
//!     3 ["phone"] 30:9 string "String" optional last(Code) [CodeIdentifier(Sms)];
//!     4 ["role"] 40:9 string "String" optional denied [];
//! }
//! ```

use std::fmt;

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitInt, LitStr, Token, braced, bracketed, parenthesized};

/// What generated code says of an object and the schema that it comes from.
pub(crate) struct Facts {
    pub(crate) source: String,
    /// The generated struct.
    pub(crate) object: String,
    pub(crate) traits: Vec<TraitFacts>,
}

/// What generated code says of one trait.
pub(crate) struct TraitFacts {
    /// The position in the table, by which the runtime knows the trait.
    pub(crate) index: usize,
    pub(crate) path: Vec<String>,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) kind: Kind,
    pub(crate) rust_type: String,
    pub(crate) required: bool,
    /// The credential of which no trait outside of it can be an identifier.
    pub(crate) last_of: Option<String>,
    /// The generator's configuration denies it to updaters.
    pub(crate) denied: bool,
    pub(crate) nullable: bool,
    pub(crate) roles: Vec<Role>,
}

/// What can be inside a trait.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Members, and perhaps some that the schema does not name.
    Object {
        open: bool,
    },
    Array,
    /// A string, number, boolean, or whatever JSON there is.
    Value,
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

    /// A note that says where a trait is declared.
    pub(crate) fn note(&self, facts: &TraitFacts) -> String {
        let (source, line, column) = (&self.source, facts.line, facts.column);
        format!("note: the trait is declared at {source}:{line}:{column}")
    }
}

impl TraitFacts {
    pub(crate) fn written_path(&self) -> String {
        written(&self.path)
    }

    /// The first role that makes a change need a privileged session.
    pub(crate) fn privileged_role(&self) -> Option<&Role> {
        self.roles.iter().find(|role| role.is_privileged())
    }

    /// Whether one of the two is the other, or lies inside it.
    pub(crate) fn lies_with(&self, path: &[String]) -> bool {
        self.path.starts_with(path) || path.starts_with(&self.path)
    }
}

/// A path as users write it: `name.first`, a dot inside a name as `\.`.
pub(crate) fn written(path: &[String]) -> String {
    let escape = |name: &String| name.replace('\\', "\\\\").replace('.', "\\.");
    path.iter().map(escape).collect::<Vec<_>>().join(".")
}

impl Role {
    fn is_privileged(&self) -> bool {
        self.name.ends_with("Identifier") || self.name == "Verification" || self.name == "Recovery"
    }

    pub(crate) fn is_identifier(&self) -> bool {
        self.name.ends_with("Identifier")
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
        let object = input.parse::<LitStr>()?.value();
        input.parse::<Ident>()?;
        let table;
        braced!(table in input);
        let traits = Punctuated::<TraitFacts, Token![;]>::parse_terminated(&table)?;
        Ok(Self {
            source,
            object,
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
        let kind = input.parse()?;
        let rust_type = input.parse::<LitStr>()?.value();
        let mut facts = Self {
            index,
            path,
            line,
            column,
            kind,
            rust_type,
            required: input.parse::<Ident>()? == "required",
            last_of: None,
            denied: false,
            nullable: false,
            roles: Vec::new(),
        };
        while input.peek(syn::Ident) {
            let (flag, of) = word(input)?;
            match flag.as_str() {
                "last" => facts.last_of = of,
                "denied" => facts.denied = true,
                _ => facts.nullable = true,
            }
        }
        let roles;
        bracketed!(roles in input);
        let roles = Punctuated::<Role, Token![,]>::parse_terminated(&roles)?;
        facts.roles.extend(roles);
        Ok(facts)
    }
}

impl Parse for Kind {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (kind, openness) = word(input)?;
        Ok(match kind.as_str() {
            "object" => Self::Object {
                open: openness.as_deref() == Some("open"),
            },
            "array" => Self::Array,
            _ => Self::Value,
        })
    }
}

impl Parse for Role {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (name, channel) = word(input)?;
        Ok(Self { name, channel })
    }
}

/// `word` or `word(word)`.
fn word(input: ParseStream<'_>) -> syn::Result<(String, Option<String>)> {
    let name = input.parse::<Ident>()?.to_string();
    if !input.peek(syn::token::Paren) {
        return Ok((name, None));
    }
    let inner;
    parenthesized!(inner in input);
    Ok((name, Some(inner.parse::<Ident>()?.to_string())))
}
