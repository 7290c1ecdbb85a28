//! How the question who is logged in ends.

use super::Session;
use crate::flow::Refusal;

/// Every way in which Kratos answers the question who is logged in.
///
/// The list is complete on purpose, so that a `match` without `_` handles whatever Kratos answers.
#[allow(
    clippy::large_enum_variant,
    reason = "there is one at a time, and it is taken apart at once"
)]
#[derive(Clone, Debug)]
#[must_use = "only `WhoamiOutcome::Session` is somebody: match on the outcome"]
pub enum WhoamiOutcome<T> {
    /// Somebody is.
    Session(Session<T>),
    /// Somebody is, but shows themselves with a second factor only (403 `session_aal2_required`, by
    /// `session.whoami.required_aal` of the server's configuration).
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
