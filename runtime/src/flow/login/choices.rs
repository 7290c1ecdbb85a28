//! In which ways a login flow lets a person log in.

use std::fmt;

use crate::session::Method;

/// In which ways a person can log in, as a login flow offers them: for the form to show.
///
/// `Debug` shows the methods only: the rest are addresses.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginChoices {
    /// The methods, in Kratos's order: the groups of nodes (`ui/node/node.go`). Those by a security key,
    /// a passkey or an account elsewhere need a browser; v1.3.1 offers a code to people who cannot use
    /// it, too. Empty when there is none: of a second factor, when the person
    /// has none.
    pub methods: Vec<Method>,
    /// The identifier that Kratos fills in for a fresh login; `None` when the person must say it (so
    /// it is where logins by code are switched on).
    pub identifier: Option<String>,
    /// The addresses that a code can be sent to, where Kratos lists them: as a second factor.
    pub addresses: Vec<String>,
}

impl fmt::Debug for LoginChoices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginChoices")
            .field("methods", &self.methods)
            .finish_non_exhaustive()
    }
}
