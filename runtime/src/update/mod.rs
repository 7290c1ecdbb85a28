//! Turns an update of the application into a checked change, without I/O.

pub(crate) mod access;
mod apply;
#[cfg(feature = "client")]
pub(crate) mod blame;
pub(crate) mod change;
pub(crate) mod derived;
#[cfg(feature = "client")]
pub(crate) mod difference;
pub(crate) mod field;
mod keep;
#[cfg(test)]
mod keep_tests;
#[cfg(all(test, feature = "client"))]
mod large_tests;
#[cfg(feature = "client")]
pub(crate) mod merge;
pub(crate) mod patch;
pub(crate) mod places;
pub(crate) mod problems;
#[cfg(all(test, feature = "client"))]
mod random_tests;
pub(crate) mod set;
pub(crate) mod updater;
mod whole;
