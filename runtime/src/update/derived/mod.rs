//! What the expansion of the derive calls: methods of a patch, and compile-time assertions about the fields of an updater.

pub(crate) mod judged;
pub(crate) mod overlap;
mod patch;
pub(crate) mod privileged;
