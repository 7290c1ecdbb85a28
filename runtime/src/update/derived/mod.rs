//! Compile-time assertions of the derive about the fields of an updater.

pub(crate) mod judged;
pub(crate) mod overlap;
pub(crate) mod privileged;
