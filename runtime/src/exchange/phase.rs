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
    /// Creating the login flow: no trait is changed by it.
    CreateLogin,
    /// Submitting a password or a code, or asking for a code: no trait is changed by it.
    SubmitLogin,
}

impl Phase {
    /// Whether the request can change what Kratos keeps of a person.
    pub const fn saves(self) -> bool {
        match self {
            Self::Create | Self::CreateLogin | Self::SubmitLogin => false,
            Self::Submit => true,
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "creating the settings flow",
            Self::Submit => "submitting the settings",
            Self::CreateLogin => "creating the login flow",
            Self::SubmitLogin => "submitting the login",
        })
    }
}
