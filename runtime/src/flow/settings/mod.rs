//! The settings flow: the traits that a person changes.

mod answer;
mod cause;
mod clear;
mod conflict;
mod guard;
mod outcome;
mod pending;
#[cfg(feature = "seal")]
mod seal;
mod settings_flow;
mod update;

pub use self::cause::Cause;
pub use self::clear::{InClear, UnfitPending};
pub use self::conflict::Conflict;
pub use self::outcome::{Elsewhere, Invalid, Outcome, ParkReason, Parked, Refusal, Saved};
pub use self::pending::Pending;
#[cfg(feature = "seal")]
pub use self::seal::{SealError, SealingKey, UnsealError};
pub use self::update::Update;
