//! What Kratos does with the value of a trait.

use std::fmt;

use proc_macro2::Ident;
use syn::Token;
use syn::parse::{Parse, ParseStream};

use super::unknown;

/// What Kratos does with the value of a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    PasswordIdentifier,
    WebauthnIdentifier,
    CodeIdentifier(Channel),
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

const CREDENTIALS: [&str; 3] = ["password", "webauthn", "code"];
const CHANNELS: [&str; 2] = ["email", "sms"];
/// The words that begin a role.
pub(super) const ROLES: [&str; 6] = [
    "identifier",
    "verification",
    "recovery",
    "account_name",
    "display_name",
    "organization",
];

impl Role {
    /// Reads the rest of a role after its first word; `None` if the word does not begin a role.
    pub(super) fn after(word: &Ident, input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        Ok(Some(match word.to_string().as_str() {
            "identifier" => {
                let inner;
                syn::parenthesized!(inner in input);
                let role = match inner.parse()? {
                    Credential::Password => Self::PasswordIdentifier,
                    Credential::Webauthn => Self::WebauthnIdentifier,
                    Credential::Code => {
                        inner.parse::<Token![,]>()?;
                        Self::CodeIdentifier(inner.parse()?)
                    }
                };
                end(&inner)?;
                role
            }
            "verification" => Self::Verification(only_argument(input)?),
            "recovery" => Self::Recovery(only_argument(input)?),
            "account_name" => Self::AccountName,
            "display_name" => Self::DisplayName,
            "organization" => Self::Organization,
            _ => return Ok(None),
        }))
    }

    /// Whether a change of the trait can need a fresh login.
    pub(crate) fn is_privileged(self) -> bool {
        match self {
            Self::PasswordIdentifier
            | Self::WebauthnIdentifier
            | Self::CodeIdentifier(_)
            | Self::Verification(_)
            | Self::Recovery(_) => true,
            Self::AccountName | Self::DisplayName | Self::Organization => false,
        }
    }

    /// Whether a person logs in with it.
    pub(crate) fn is_identifier(self) -> bool {
        matches!(
            self,
            Self::PasswordIdentifier | Self::WebauthnIdentifier | Self::CodeIdentifier(_)
        )
    }

    /// The role in the grammar of the table.
    pub(super) fn text(self) -> String {
        match self {
            Self::PasswordIdentifier => "identifier(password)".to_owned(),
            Self::WebauthnIdentifier => "identifier(webauthn)".to_owned(),
            Self::CodeIdentifier(via) => format!("identifier(code, {})", via.word()),
            Self::Verification(via) => format!("verification({})", via.word()),
            Self::Recovery(via) => format!("recovery({})", via.word()),
            Self::AccountName => "account_name".to_owned(),
            Self::DisplayName => "display_name".to_owned(),
            Self::Organization => "organization".to_owned(),
        }
    }
}

impl Parse for Role {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let word: Ident = input.parse()?;
        Self::after(&word, input)?
            .ok_or_else(|| unknown(word.span(), "role", &word.to_string(), &ROLES))
    }
}

/// In a message: `is an identifier of …`.
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, channel) = match self {
            Self::PasswordIdentifier => ("an identifier of `password`", None),
            Self::WebauthnIdentifier => ("an identifier of `webauthn`", None),
            Self::CodeIdentifier(channel) => ("an identifier of `code`", Some(channel)),
            Self::Verification(channel) => ("a verification address", Some(channel)),
            Self::Recovery(channel) => ("a recovery address", Some(channel)),
            Self::AccountName => ("the account name of `totp`", None),
            Self::DisplayName => ("the display name of `passkey`", None),
            Self::Organization => ("what matches the organization", None),
        };
        f.write_str(what)?;
        match channel {
            Some(Channel::Email) => f.write_str(" by e-mail"),
            Some(Channel::Sms) => f.write_str(" by SMS"),
            None => Ok(()),
        }
    }
}

impl Credential {
    /// Its name in Kratos and in the table.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Webauthn => "webauthn",
            Self::Code => "code",
        }
    }
}

impl Parse for Credential {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let word: Ident = input.parse()?;
        match word.to_string().as_str() {
            "password" => Ok(Self::Password),
            "webauthn" => Ok(Self::Webauthn),
            "code" => Ok(Self::Code),
            other => Err(unknown(word.span(), "credential", other, &CREDENTIALS)),
        }
    }
}

impl Channel {
    fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

impl Parse for Channel {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let word: Ident = input.parse()?;
        match word.to_string().as_str() {
            "email" => Ok(Self::Email),
            "sms" => Ok(Self::Sms),
            other => Err(unknown(word.span(), "channel", other, &CHANNELS)),
        }
    }
}

/// The only argument between parentheses.
pub(super) fn only_argument<T: Parse>(input: ParseStream<'_>) -> syn::Result<T> {
    let inner;
    syn::parenthesized!(inner in input);
    let argument = inner.parse()?;
    end(&inner)?;
    Ok(argument)
}

fn end(inner: ParseStream<'_>) -> syn::Result<()> {
    if inner.is_empty() {
        Ok(())
    } else {
        Err(inner.error("expected `)`"))
    }
}
