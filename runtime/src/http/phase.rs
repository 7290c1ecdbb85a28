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
    /// Creating the login flow: no trait is changed by it.
    CreateLogin,
    /// Submitting a password or a code, or asking for a code: no trait is changed by it.
    SubmitLogin,
}

impl Phase {
    /// Whether the request can change what Kratos keeps of a person.
    pub const fn saves(self) -> bool {
        match self {
            Self::Create
            | Self::Whoami
            | Self::FindIdentity
            | Self::ReadIdentity
            | Self::CreateLogin
            | Self::SubmitLogin => false,
            Self::Submit | Self::PatchIdentity => true,
        }
    }

    /// Whether the request may be sent again when nobody knows what came of it: it changes nothing,
    /// sends nothing to anybody, and uses nothing up that can be used once only.
    ///
    /// That is less than not to [`save`](Self::saves): a login, for one, uses up a code.
    pub const fn is_safe_to_repeat(self) -> bool {
        match self {
            // A flow that nobody will use expires.
            Self::Create | Self::Whoami | Self::FindIdentity | Self::ReadIdentity => true,
            // The first of two equal patches may have been taken, and then the second is a conflict.
            // A code is sent, or used up; a flow for the second factor may send one when it is created.
            Self::Submit | Self::PatchIdentity | Self::CreateLogin | Self::SubmitLogin => false,
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
            Self::CreateLogin => "creating the login flow",
            Self::SubmitLogin => "submitting the login",
        })
    }
}
