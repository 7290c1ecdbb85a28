//! How the question who is logged in ends.

use std::fmt;

use super::Session;
use crate::flow::Refusal;

/// Every way in which Kratos answers the question who is logged in.
///
/// The list is complete on purpose, so that a `match` without `_` handles whatever Kratos answers.
#[allow(
    clippy::large_enum_variant,
    reason = "there is one at a time, and it is taken apart at once"
)]
#[derive(Clone)]
#[must_use = "only `WhoamiOutcome::Session` is somebody: match on the outcome"]
pub enum WhoamiOutcome<T> {
    /// Somebody is.
    Session(Session<T>),
    /// Somebody is, but shows themselves with a second factor only (403 `session_aal2_required`, by
    /// `session.whoami.required_aal` of the server's configuration).
    #[non_exhaustive]
    SecondFactorNeeded {
        /// Where Kratos would send a browser; a native application uses
        /// `/self-service/login/api?aal=aal2` with its session token instead.
        redirect_browser_to: Option<String>,
    },
    /// There is no valid session: the person must log in.
    SessionGone,
    /// Kratos refused for another reason, kept whole.
    Refused(Refusal),
}

impl<T> WhoamiOutcome<T> {
    /// A word for the outcome, for logs and counters: `session`, `session_gone`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Session(_) => "session",
            Self::SecondFactorNeeded { .. } => "second_factor_needed",
            Self::SessionGone => "session_gone",
            Self::Refused(_) => "refused",
        }
    }
}

impl<T> fmt::Debug for WhoamiOutcome<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session(session) => f.debug_tuple("Session").field(session).finish(),
            // The place may hold ids of flows, and what else the application has put into it.
            Self::SecondFactorNeeded { .. } => {
                f.debug_struct("SecondFactorNeeded").finish_non_exhaustive()
            }
            Self::SessionGone => f.write_str("SessionGone"),
            Self::Refused(refusal) => f.debug_tuple("Refused").field(refusal).finish(),
        }
    }
}
