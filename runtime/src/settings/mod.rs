//! The settings flow: the traits that a person changes.

mod answer;
mod guard;
mod outcome;
mod pending;
mod pending_data;
#[cfg(feature = "seal")]
mod seal;
mod update;

pub use self::outcome::{Conflict, Elsewhere, Outcome, ParkReason, Parked, Saved};
pub use self::pending::{Cause, Pending};
pub use self::pending_data::{InClear, UnfitPending};
#[cfg(feature = "seal")]
pub use self::seal::{SealError, SealingKey, UnsealError};
pub use self::update::Update;
