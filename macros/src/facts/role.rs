//! What Kratos does with the value of a trait, as far as the derive must know it.

use std::fmt;

/// What Kratos does with the value of a trait.
pub(crate) enum Role {
    Identifier(Credential, Option<Channel>),
    Verification(Option<Channel>),
    Recovery(Option<Channel>),
    /// Nothing that an update has to mind.
    Other,
}

/// What the person logs in with.
#[derive(Clone, Copy)]
pub(crate) enum Credential {
    Password,
    Webauthn,
    Code,
}

/// How Kratos reaches an address.
#[derive(Clone, Copy)]
pub(crate) enum Channel {
    Email,
    Sms,
}

impl Role {
    /// The role of this name in the runtime, and the channel behind it: `Verification(Email)`.
    pub(super) fn read(name: &str, channel: Option<&str>) -> Self {
        let channel = match channel {
            Some("Email") => Some(Channel::Email),
            Some("Sms") => Some(Channel::Sms),
            _ => None,
        };
        match name {
            "PasswordIdentifier" => Self::Identifier(Credential::Password, channel),
            "WebauthnIdentifier" => Self::Identifier(Credential::Webauthn, channel),
            "CodeIdentifier" => Self::Identifier(Credential::Code, channel),
            "Verification" => Self::Verification(channel),
            "Recovery" => Self::Recovery(channel),
            _ => Self::Other,
        }
    }

    /// Whether a change of the trait can need a fresh login.
    pub(super) fn is_privileged(&self) -> bool {
        match self {
            Self::Identifier(..) | Self::Verification(_) | Self::Recovery(_) => true,
            Self::Other => false,
        }
    }

    pub(crate) fn is_identifier(&self) -> bool {
        matches!(self, Self::Identifier(..))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, channel) = match self {
            Self::Identifier(Credential::Password, channel) => {
                ("an identifier of `password`", channel)
            }
            Self::Identifier(Credential::Webauthn, channel) => {
                ("an identifier of `webauthn`", channel)
            }
            Self::Identifier(Credential::Code, channel) => ("an identifier of `code`", channel),
            Self::Verification(channel) => ("a verification address", channel),
            Self::Recovery(channel) => ("a recovery address", channel),
            Self::Other => ("a trait", &None),
        };
        f.write_str(what)?;
        match channel {
            Some(Channel::Email) => f.write_str(" by e-mail"),
            Some(Channel::Sms) => f.write_str(" by SMS"),
            None => Ok(()),
        }
    }
}
