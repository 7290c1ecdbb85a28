//! The facts of a trait: its roles in Kratos, and whether it may be changed or removed.

use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token};

use super::unknown;

/// A fact of a row.
#[derive(Clone)]
pub(crate) enum Fact {
    /// A role of its value.
    Role(Role),
    /// The roles of the values in an array or an object: of its items, or of members that have no row.
    Inner {
        roles: Vec<Role>,
        /// One of them makes an identifier of a value that may be null.
        nullable: bool,
    },
    /// Only this trait, or one in it, identifies a person for the credential.
    Only(Credential),
    /// The settings of the generator deny it to updaters.
    Denied,
    /// The name of its constant, if it is not the default.
    Constant(Ident),
    /// The JSON pointer of its declaration, if it does not follow from the path.
    At(LitStr),
}

/// What Kratos does with the value of a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Identifier(Credential, Option<Channel>),
    Verification(Channel),
    Recovery(Channel),
    AccountName,
    DisplayName,
    Organization,
}

/// A credential that a person logs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    Password,
    Webauthn,
    Code,
}

/// How Kratos reaches an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    Email,
    Sms,
}

pub(crate) const CREDENTIALS: [(&str, Credential); 3] = [
    ("password", Credential::Password),
    ("webauthn", Credential::Webauthn),
    ("code", Credential::Code),
];
const CHANNELS: [(&str, Channel); 2] = [("email", Channel::Email), ("sms", Channel::Sms)];
/// The words that begin a fact, those of roles first.
const FACTS: [&str; 12] = [
    "identifier",
    "verification",
    "recovery",
    "account_name",
    "display_name",
    "organization",
    "items",
    "members",
    "only",
    "denied",
    "const",
    "at",
];
const ROLES: usize = 6;

/// The word of a value in the table.
pub(crate) fn word_of<T: PartialEq>(value: T, words: &[(&'static str, T)]) -> &'static str {
    let found = words.iter().find(|(_, one)| *one == value);
    found.map_or("", |(word, _)| word)
}

impl Parse for Fact {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let word = input.call(Ident::parse_any)?;
        Ok(match word.to_string().as_str() {
            "identifier" => {
                let content;
                syn::parenthesized!(content in input);
                let credential = super::word(&content, "credential", &CREDENTIALS, &[])?;
                let mut channel = None;
                if credential == Credential::Code {
                    content.parse::<Token![,]>()?;
                    channel = Some(super::word(&content, "channel", &CHANNELS, &[])?);
                }
                Self::Role(Role::Identifier(credential, channel))
            }
            "verification" => {
                Self::Role(Role::Verification(argument(input, "channel", &CHANNELS)?))
            }
            "recovery" => Self::Role(Role::Recovery(argument(input, "channel", &CHANNELS)?)),
            "account_name" => Self::Role(Role::AccountName),
            "display_name" => Self::Role(Role::DisplayName),
            "organization" => Self::Role(Role::Organization),
            holder @ ("items" | "members") => {
                let content;
                syn::parenthesized!(content in input);
                if holder == "members" && content.peek(LitStr) {
                    // The pattern of the names.
                    content.parse::<LitStr>()?;
                    content.parse::<Token![,]>()?;
                }
                let nullable = super::flag(&content, "nullable")?;
                if nullable {
                    content.parse::<Token![,]>()?;
                }
                let mut roles = vec![role(&content)?];
                while !content.is_empty() {
                    content.parse::<Token![,]>()?;
                    roles.push(role(&content)?);
                }
                Self::Inner { roles, nullable }
            }
            "only" => Self::Only(argument(input, "credential", &CREDENTIALS)?),
            "denied" => Self::Denied,
            "const" => Self::Constant(input.parse()?),
            "at" => Self::At(input.parse()?),
            _ => return Err(unknown(&word, "fact", &FACTS)),
        })
    }
}

fn role(input: ParseStream<'_>) -> syn::Result<Role> {
    let word = input.fork().call(Ident::parse_any)?;
    match input.parse()? {
        Fact::Role(role) => Ok(role),
        _ => Err(unknown(&word, "role", &FACTS[..ROLES])),
    }
}

/// A word between parentheses.
fn argument<T: Copy>(
    input: ParseStream<'_>,
    what: &str,
    words: &[(&'static str, T)],
) -> syn::Result<T> {
    let content;
    syn::parenthesized!(content in input);
    super::word(&content, what, words, &[])
}

impl Role {
    /// Whether a change of the trait can require a fresh login.
    pub(crate) fn is_privileged(self) -> bool {
        match self {
            Self::Identifier(..) | Self::Verification(_) | Self::Recovery(_) => true,
            Self::AccountName | Self::DisplayName | Self::Organization => false,
        }
    }

    /// The value of the runtime's `Role`.
    pub(crate) fn expand(self, runtime: &TokenStream) -> TokenStream {
        let (name, channel) = match self {
            Self::Identifier(Credential::Password, _) => ("PasswordIdentifier", None),
            Self::Identifier(Credential::Webauthn, _) => ("WebauthnIdentifier", None),
            Self::Identifier(Credential::Code, channel) => ("CodeIdentifier", channel),
            Self::Verification(channel) => ("Verification", Some(channel)),
            Self::Recovery(channel) => ("Recovery", Some(channel)),
            Self::AccountName => ("TotpAccountName", None),
            Self::DisplayName => ("PasskeyDisplayName", None),
            Self::Organization => ("OrganizationMatcher", None),
        };
        let name = Ident::new(name, Span::call_site());
        let channel = channel.map(|channel| {
            let channel = Ident::new(&format!("{channel:?}"), Span::call_site());
            quote!((#runtime::Channel::#channel))
        });
        quote!(#runtime::Role::#name #channel)
    }

    /// Whether a person logs in with it.
    pub(crate) fn is_identifier(self) -> bool {
        matches!(self, Self::Identifier(..))
    }
}

/// In a message: `is an identifier of …`.
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let channel = match *self {
            Self::Identifier(credential, channel) => {
                write!(
                    f,
                    "an identifier of `{}`",
                    word_of(credential, &CREDENTIALS)
                )?;
                channel
            }
            Self::Verification(channel) => {
                f.write_str("a verification address")?;
                Some(channel)
            }
            Self::Recovery(channel) => {
                f.write_str("a recovery address")?;
                Some(channel)
            }
            Self::AccountName => return f.write_str("the account name of `totp`"),
            Self::DisplayName => return f.write_str("the display name of `passkey`"),
            Self::Organization => return f.write_str("the value that selects the organization"),
        };
        match channel {
            Some(Channel::Email) => f.write_str(" by e-mail"),
            Some(Channel::Sms) => f.write_str(" by SMS"),
            None => Ok(()),
        }
    }
}
