//! What the derive asserts about the fields of an updater at compile time.

pub(crate) mod judged;
pub(crate) mod overlap;
pub(crate) mod privileged;
