//! From an updater of the application to a checked change: no I/O.

pub(crate) mod change;
pub(crate) mod edits;
mod fill;
pub(crate) mod identifiers;
pub(crate) mod patch;
mod places;
pub(crate) mod questions;
#[cfg(feature = "flow")]
pub(crate) mod stored;
mod unchanged;
pub(crate) mod unnamed;
pub(crate) mod updater;
