//! The outcomes of a login.

use std::fmt;

use super::code_sent::CodeSent;
use crate::http::{ContinueWith, Refusal, SessionToken};
use crate::problem::Message;
use crate::session::Method;

/// The outcome of a login.
///
/// The enum is exhaustive on purpose, so that a `match` without `_` handles every response of Kratos; a
/// new variant is a breaking change of this crate.
#[derive(Clone)]
#[must_use = "only `LoginOutcome::LoggedIn` is a login: match on the outcome"]
pub enum LoginOutcome {
    /// The person is logged in: within the given session, or with a new one if none was given. A pending
    /// change can be resumed now.
    LoggedIn(LoggedIn),
    /// The first factor is correct, and Kratos requires the second one.
    #[doc(alias = "session_aal2_required")]
    SecondFactorRequired(LoggedIn),
    /// Kratos created another session instead of refreshing the given one: another person has logged in, or
    /// the given session has ended meanwhile. A change that is resumed with it ends in
    /// [`IdentityMismatch`](crate::Outcome::IdentityMismatch) if the identity is another one.
    ///
    /// Source: K-login-1, `updateLoginFlow` in `selfservice/flow/login/handler.go`.
    AnotherSession(LoggedIn),
    /// The session has the second factor already. Nothing was sent.
    #[doc(alias = "session_already_available")]
    #[doc(alias = "session_aal_already_fulfilled")]
    AlreadyLoggedIn,
    /// Kratos has sent a code to the person: submit it with this value.
    CodeSent(CodeSent),
    /// The password or the code is wrong, or the person cannot log in with this method.
    WrongCredentials(LoginProblems),
    /// The password or the code is correct, but the person must verify an address first (hook `require_verified_address`).
    #[non_exhaustive]
    #[doc(alias = "session_verified_address_required")]
    AddressNotVerified {
        /// The verification flow that Kratos has started, as
        /// [`ShowVerificationUi`](ContinueWith::ShowVerificationUi): a code is on its way. Empty on v1.3.1, which starts none.
        continue_with: Vec<ContinueWith>,
        /// The texts of Kratos for the person.
        messages: Vec<Message>,
    },
    /// Kratos rejects the form for another reason: a value is missing, or there were too many wrong codes.
    Rejected(LoginProblems),
    /// The browser must go to another URL first (HTTP 422).
    #[non_exhaustive]
    #[doc(alias = "browser_location_change_required")]
    BrowserRedirectRequired {
        /// The URL.
        redirect_browser_to: Option<String>,
    },
    /// The given session is not active: only a first login helps.
    #[doc(alias = "session_inactive")]
    #[doc(alias = "session_aal1_required")]
    SessionInactive,
    /// The login flow has expired. Start again; if it was about a code, a new one must be sent.
    #[doc(alias = "self_service_flow_expired")]
    FlowExpired,
    /// Try again later, after [`Refusal::retry_after`]: too many requests (HTTP 429), or the server is not available (503).
    Busy(Refusal),
    /// Kratos refused for another reason, such as an inactive identity (HTTP 401).
    Refused(Refusal),
}

impl LoginOutcome {
    /// The name of the outcome, for logs and counters: `logged_in`, `code_sent`, …
    ///
    /// ```
    /// use kratos_traits::LoginOutcome;
    ///
    /// assert_eq!(LoginOutcome::FlowExpired.name(), "flow_expired");
    /// ```
    pub const fn name(&self) -> &'static str {
        match self {
            Self::LoggedIn(_) => "logged_in",
            Self::SecondFactorRequired(_) => "second_factor_required",
            Self::AnotherSession(_) => "another_session",
            Self::AlreadyLoggedIn => "already_logged_in",
            Self::CodeSent(_) => "code_sent",
            Self::WrongCredentials(_) => "wrong_credentials",
            Self::AddressNotVerified { .. } => "address_not_verified",
            Self::Rejected(_) => "rejected",
            Self::BrowserRedirectRequired { .. } => "browser_redirect_required",
            Self::SessionInactive => "session_inactive",
            Self::FlowExpired => "flow_expired",
            Self::Busy(_) => "busy",
            Self::Refused(_) => "refused",
        }
    }
}

impl fmt::Debug for LoginOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple(self.name());
        match self {
            Self::LoggedIn(login)
            | Self::SecondFactorRequired(login)
            | Self::AnotherSession(login) => tuple.field(login),
            Self::CodeSent(sent) => tuple.field(sent),
            Self::WrongCredentials(problems) | Self::Rejected(problems) => tuple.field(problems),
            Self::Busy(refusal) | Self::Refused(refusal) => tuple.field(refusal),
            Self::AddressNotVerified { continue_with, .. } => tuple.field(continue_with),
            // The URL may contain ids of flows and values of the application.
            Self::BrowserRedirectRequired { .. }
            | Self::AlreadyLoggedIn
            | Self::SessionInactive
            | Self::FlowExpired => &mut tuple,
        };
        tuple.finish()
    }
}

/// A successful login.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LoggedIn {
    /// The session.
    pub session: SessionToken,
    /// The id of the identity; `None` while a second factor is missing.
    pub identity_id: Option<String>,
    /// What Kratos suggests to do next.
    pub continue_with: Vec<ContinueWith>,
}

/// Why Kratos rejects a login.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoginProblems {
    /// The messages of single inputs, each with the name of the input in Kratos: `identifier`,
    /// `password`, `code`, `totp_code`, `lookup_secret`, …
    pub inputs: Vec<(String, Message)>,
    /// The messages of the whole form.
    pub general: Vec<Message>,
    /// How the person can log in instead.
    pub choices: LoginChoices,
}

impl LoginProblems {
    /// All messages, those of inputs first.
    ///
    /// ```
    /// use kratos_traits::login::LoginProblems;
    ///
    /// fn show(problems: &LoginProblems) {
    ///     for message in problems.messages() {
    ///         println!("{}", message.text);
    ///     }
    /// }
    /// ```
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        let inputs = self.inputs.iter().map(|(_, message)| message);
        inputs.chain(&self.general)
    }
}

/// How a person can log in, as a login flow offers it: for the form of the application.
///
/// `Debug` shows the methods only: the rest are addresses.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginChoices {
    /// The methods, in Kratos's order: the groups of nodes (`ui/node/node.go`). Security keys, passkeys
    /// and other providers need a browser. v1.3.1 offers a code also to people who cannot use it. For a
    /// second factor, the list is empty if the person has none.
    pub methods: Vec<Method>,
    /// The identifier that Kratos fills in; `None` if the person must enter it, as when logins by code are
    /// enabled.
    pub identifier: Option<String>,
    /// The addresses that a code can be sent to, if Kratos lists them: for a second factor.
    pub addresses: Vec<String>,
}

impl fmt::Debug for LoginChoices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginChoices")
            .field("methods", &self.methods)
            .finish_non_exhaustive()
    }
}
