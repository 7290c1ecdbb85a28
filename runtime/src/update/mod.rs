//! From an updater of the application to a checked change: no I/O.

mod apply;
pub(crate) mod change;
pub(crate) mod channel;
#[cfg(feature = "flow")]
pub(crate) mod conflict;
pub(crate) mod derived;
#[cfg(feature = "flow")]
pub(crate) mod difference;
pub(crate) mod field;
mod fill;
#[cfg(test)]
mod fill_tests;
pub(crate) mod fits;
#[cfg(feature = "flow")]
mod hollow;
pub(crate) mod identifiers;
mod keep;
#[cfg(test)]
mod keep_tests;
#[cfg(all(test, feature = "flow"))]
mod large_tests;
#[cfg(feature = "flow")]
mod merge;
mod newer;
pub(crate) mod patch;
mod patching;
mod places;
#[cfg(all(test, feature = "flow"))]
mod random_tests;
#[cfg(feature = "flow")]
mod same;
#[cfg(feature = "flow")]
mod seen;
#[cfg(feature = "flow")]
pub(crate) mod stored;
mod unchanged;
pub(crate) mod unnamed;
pub(crate) mod updater;
mod whole;
#[cfg(feature = "flow")]
pub(crate) mod wire;
