//! The login flow of native applications: a fresh login within a session, its second factor, and a
//! first login with a password. Registration, and logins that need a browser (passkeys, social
//! sign-in), do not belong here.

mod answer;
mod attempt;
mod choices;
mod code_sent;
mod credentials;
mod login_flow;
mod offer;
mod outcome;
mod purpose;
mod secret;
mod session_login;

pub use self::attempt::LoginAttempt;
pub use self::choices::LoginChoices;
pub use self::code_sent::{CodeSent, InvalidCodeSent};
pub use self::offer::LoginOffer;
pub use self::outcome::{LoggedIn, LoginElsewhere, LoginOutcome, LoginProblem, LoginProblems};
pub use self::secret::Secret;
pub use self::session_login::SessionLogin;
