//! The settings flow: the traits that a person changes.

mod answer;
mod outcome;
mod settings_flow;
mod update;

pub use self::outcome::{Elsewhere, Invalid, Outcome, ParkReason, Parked, Pending, Refusal, Saved};
pub use self::update::Update;
