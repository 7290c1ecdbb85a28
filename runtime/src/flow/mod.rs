//! Kratos's self-service flows, each a chain of [exchanges](crate::exchange).

mod continue_with;
mod csrf;
mod flow_id;
mod login;
mod messages;
mod settings;

pub use self::continue_with::ContinueWith;
pub use self::login::{
    CodeSent, InvalidCodeSent, LoggedIn, LoginAttempt, LoginChoices, LoginElsewhere, LoginOffer,
    LoginOutcome, LoginProblem, LoginProblems, Secret, SessionLogin,
};
pub use self::settings::{
    Cause, Conflict, Elsewhere, InClear, Invalid, Outcome, ParkReason, Parked, Pending, Refusal,
    Saved, UnfitPending, Update,
};
#[cfg(feature = "seal")]
pub use self::settings::{SealError, SealingKey, UnsealError};
pub use crate::update::difference::{Difference, Differing};
pub use crate::update::merge::Conflicted;
