//! Which request an exchange is at.

use std::fmt;

/// Which request to Kratos it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Creating the flow: nothing is changed by it.
    Create,
    /// Submitting the traits.
    Submit,
    /// Asking who is logged in.
    Whoami,
    /// Looking for a person at the admin API: nothing is changed by it.
    FindIdentity,
    /// Reading a person at the admin API: nothing is changed by it.
    ReadIdentity,
    /// Patching the traits at the admin API.
    PatchIdentity,
}

impl Phase {
    /// Whether the request can change what Kratos keeps of a person.
    pub const fn saves(self) -> bool {
        match self {
            Self::Create | Self::Whoami | Self::FindIdentity | Self::ReadIdentity => false,
            Self::Submit | Self::PatchIdentity => true,
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "creating the settings flow",
            Self::Submit => "submitting the settings",
            Self::Whoami => "asking who is logged in",
            Self::FindIdentity => "looking for the identity",
            Self::ReadIdentity => "reading the identity",
            Self::PatchIdentity => "patching the identity",
        })
    }
}
