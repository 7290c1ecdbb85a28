//! The login flow of native applications: a fresh login within a session, its second factor, and a
//! first login with a password. Registration, and logins that need a browser (passkeys, social
//! sign-in), do not belong here.

mod answer;
mod attempt;
mod code_sent;
mod credentials;
mod outcome;
mod session_login;

pub use self::attempt::{LoginAttempt, LoginOffer};
pub use self::code_sent::{CodeSent, InvalidCodeSent};
pub use self::credentials::Secret;
pub use self::outcome::{
    LoggedIn, LoginChoices, LoginElsewhere, LoginOutcome, LoginProblem, LoginProblems,
};
pub use self::session_login::SessionLogin;
