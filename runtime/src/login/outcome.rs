//! How a login ends, in the words of the domain.

use std::fmt;

use super::code_sent::CodeSent;
use crate::http::SessionToken;
use crate::http::answer::Refusal;
use crate::http::continue_with::ContinueWith;
use crate::problem::Message;
use crate::session::Method;

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
