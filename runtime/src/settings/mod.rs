//! Updates of traits through the settings flow, on behalf of a person.
//!
//! [`Client::settings`](crate::Client::settings) sends them; [`Outcome`] is the result.

mod answer;
mod outcome;
mod pending;
mod pending_data;
#[cfg(feature = "seal")]
mod seal;
mod update;

pub use self::outcome::{Conflict, Outcome, Saved, Unsaved};
pub use self::pending::{Cause, Pending};
pub use self::pending_data::{PendingData, PendingError};
#[cfg(feature = "seal")]
pub use self::seal::SealingKey;
pub(crate) use self::update::Update;
pub use crate::update::difference::{Difference, DifferenceKind};
pub use crate::update::merge::TraitConflict;
