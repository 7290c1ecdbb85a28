//! What the expansion of the derive calls, and what the compiler asks on its behalf.

pub(crate) mod declared;
pub(crate) mod known;
pub(crate) mod listing;
pub(crate) mod overlap;
pub(crate) mod questions;
