//! How a login ends, in the words of the domain.

use std::fmt;

use crate::exchange::SessionToken;
use crate::flow::continue_with::ContinueWith;
use crate::flow::settings::Refusal;
use crate::problem::Message;

use super::choices::LoginChoices;
use super::code_sent::CodeSent;

/// Every way in which Kratos ends an attempt to log in.
///
/// The list is complete on purpose, so that a `match` without `_` handles whatever Kratos answers; a
/// new way to end is a new version of this crate.
#[derive(Clone, Debug)]
#[must_use = "only `LoginOutcome::LoggedIn` is a login: match on the outcome"]
pub enum LoginOutcome {
    /// The person is logged in: with the session that was asked for, or with a new one where none
    /// was. Now a change that waits for it can be resumed.
    LoggedIn(LoggedIn),
    /// The first factor is right, and Kratos wants the second: it keeps the identity to itself until
    /// then.
    SecondFactorNeeded(LoggedIn),
    /// Kratos opened another session beside the one that was asked for: somebody else has logged in,
    /// or that session has ended meanwhile. A change that waits for a login does not wait for this
    /// one; resumed with it, it ends in [`Outcome::AnotherPerson`](crate::Outcome::AnotherPerson)
    /// when the person is another.
    ///
    /// Kratos keeps the session when its own person logs in again, and opens one otherwise
    /// (`selfservice/flow/login/handler.go`, `updateLoginFlow`).
    AnotherSession(LoggedIn),
    /// The session has its second factor already. Nothing was sent.
    AlreadyLoggedIn,
    /// A code is on its way: submit it with this.
    CodeSent(CodeSent),
    /// The password or the code is wrong, or whoever is meant does not log in this way.
    WrongCredentials(LoginProblems),
    /// Kratos does not take the form, for another reason: something is missing, too many wrong codes,
    /// an address that must be verified first.
    Rejected(LoginProblems),
    /// The browser must go to another place (HTTP 422).
    GoElsewhere(LoginElsewhere),
    /// The session that was asked for is gone: only a first login can help.
    SessionGone,
    /// The login flow has expired. Start again; where it is about a code, a new one must be sent.
    FlowGone,
    /// Kratos refused for another reason, kept whole. A person who is disabled is one (HTTP 401).
    Refused(Refusal),
}

impl LoginOutcome {
    /// A word for the outcome, for logs and counters: `logged_in`, `code_sent`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::LoggedIn(_) => "logged_in",
            Self::SecondFactorNeeded(_) => "second_factor_needed",
            Self::AnotherSession(_) => "another_session",
            Self::AlreadyLoggedIn => "already_logged_in",
            Self::CodeSent(_) => "code_sent",
            Self::WrongCredentials(_) => "wrong_credentials",
            Self::Rejected(_) => "rejected",
            Self::GoElsewhere(_) => "go_elsewhere",
            Self::SessionGone => "session_gone",
            Self::FlowGone => "flow_gone",
            Self::Refused(_) => "refused",
        }
    }
}

/// Somebody is logged in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LoggedIn {
    /// Their session.
    pub session: SessionToken,
    /// The id of their identity; `None` while a second factor is missing.
    pub identity_id: Option<String>,
    /// What Kratos proposes to do next.
    pub continue_with: Vec<ContinueWith>,
}

/// What Kratos has against a login.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoginProblems {
    /// Messages of single inputs.
    pub inputs: Vec<LoginProblem>,
    /// Messages of the whole form.
    pub general: Vec<Message>,
    /// In which ways the flow lets the person log in.
    pub choices: LoginChoices,
}

impl LoginProblems {
    /// All messages, those of inputs first.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        let inputs = self.inputs.iter().map(|problem| &problem.message);
        inputs.chain(&self.general)
    }
}

/// What Kratos has against one input of a login form.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoginProblem {
    /// The input, by its name in Kratos: `identifier`, `password`, `code`, `totp_code`,
    /// `lookup_secret`, …
    pub input: String,
    /// What is wrong.
    pub message: Message,
}

/// The browser must go to another place.
#[derive(Clone)]
#[non_exhaustive]
pub struct LoginElsewhere {
    /// The place.
    pub redirect_browser_to: Option<String>,
}

impl fmt::Debug for LoginElsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginElsewhere").finish_non_exhaustive()
    }
}
