//! The roles that the keyword `ory.sh/kratos` gives to a trait.

use super::source::Spot;

/// What Kratos does with the value of a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    PasswordIdentifier,
    WebauthnIdentifier,
    CodeIdentifier(Channel),
    TotpAccountName,
    PasskeyDisplayName,
    Verification(Channel),
    Recovery(Channel),
    OrganizationMatcher,
}

impl Role {
    /// The credential for which the trait is an identifier.
    pub(crate) fn credential(self) -> Option<Credential> {
        match self {
            Self::PasswordIdentifier => Some(Credential::Password),
            Self::WebauthnIdentifier => Some(Credential::Webauthn),
            Self::CodeIdentifier(_) => Some(Credential::Code),
            Self::TotpAccountName
            | Self::PasskeyDisplayName
            | Self::Verification(_)
            | Self::Recovery(_)
            | Self::OrganizationMatcher => None,
        }
    }
}

/// A credential for which a trait can be an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    Password,
    Webauthn,
    Code,
}

impl Credential {
    pub(crate) const ALL: [Self; 3] = [Self::Password, Self::Webauthn, Self::Code];

    /// Its name in Kratos.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Webauthn => "webauthn",
            Self::Code => "code",
        }
    }
}

/// How Kratos reaches a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Channel {
    Email,
    Sms,
}

/// The keyword in one schema.
#[derive(Debug, Default)]
pub(crate) struct Extension {
    pub(crate) spot: Spot,
    pub(crate) roles: Vec<Role>,
}
