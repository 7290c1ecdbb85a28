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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Credential {
    /// The credential of this name in the runtime: `Password`.
    pub(super) fn read(name: &str) -> Option<Self> {
        match name {
            "Password" => Some(Self::Password),
            "Webauthn" => Some(Self::Webauthn),
            "Code" => Some(Self::Code),
            _ => None,
        }
    }
}

/// Its name in Kratos.
impl fmt::Display for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password => "password",
            Self::Webauthn => "webauthn",
            Self::Code => "code",
        })
    }
}

impl Role {
    /// The role of this name in the runtime, and the channel behind it: `Verification(Email)`.
    pub(super) fn read(name: &str, channel: Option<&str>) -> Self {
        let channel = match channel {
            Some("Email") => Some(Channel::Email),
            Some("Sms") => Some(Channel::Sms),
            _ => None,
        };
        let credential = name.strip_suffix("Identifier").and_then(Credential::read);
        if let Some(credential) = credential {
            return Self::Identifier(credential, channel);
        }
        match name {
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
        let channel = match self {
            Self::Identifier(credential, channel) => {
                write!(f, "an identifier of `{credential}`")?;
                channel
            }
            Self::Verification(channel) => {
                f.write_str("a verification address")?;
                channel
            }
            Self::Recovery(channel) => {
                f.write_str("a recovery address")?;
                channel
            }
            Self::Other => return f.write_str("a trait"),
        };
        match channel {
            Some(Channel::Email) => f.write_str(" by e-mail"),
            Some(Channel::Sms) => f.write_str(" by SMS"),
            None => Ok(()),
        }
    }
}
