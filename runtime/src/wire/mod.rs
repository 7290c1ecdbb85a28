//! Words and values that Kratos's answers have in common, read so that an odd one costs itself only.

pub(crate) mod object;
pub(crate) mod open_enum;
pub(crate) mod timestamp;
