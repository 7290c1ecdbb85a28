//! Logins through native login flows: a login within a session, its second factor, and a first login with
//! a password.
//!
//! [`Client::login`](crate::Client::login) sends them; [`LoginOutcome`] is the result. Registration, and
//! logins that need a browser (passkeys, social sign-in), are not supported.

mod answer;
mod attempt;
mod code_sent;
mod credentials;
mod outcome;

pub(crate) use self::attempt::{LoginAttempt, LoginOffer, Purpose};
pub use self::code_sent::CodeSent;
pub(crate) use self::credentials::Credentials;
pub use self::credentials::Secret;
pub use self::outcome::{LoggedIn, LoginChoices, LoginOutcome, LoginProblems};
pub use crate::http::LoginUrl;
