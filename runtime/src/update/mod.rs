//! Turns an update of the application into a checked change, without I/O.

mod apply;
pub(crate) mod change;
pub(crate) mod channel;
pub(crate) mod derived;
#[cfg(feature = "flow")]
pub(crate) mod difference;
mod equality;
pub(crate) mod field;
mod fill;
#[cfg(test)]
mod fill_tests;
#[cfg(feature = "flow")]
mod hollow;
pub(crate) mod identifiers;
mod keep;
#[cfg(test)]
mod keep_tests;
#[cfg(all(test, feature = "flow"))]
mod large_tests;
#[cfg(feature = "flow")]
pub(crate) mod merge;
#[cfg(feature = "flow")]
pub(crate) mod partition;
pub(crate) mod patch;
mod patching;
mod places;
mod preserve;
#[cfg(all(test, feature = "flow"))]
mod random_tests;
pub(crate) mod unnamed;
pub(crate) mod updater;
mod whole;
#[cfg(feature = "flow")]
pub(crate) mod wire;
