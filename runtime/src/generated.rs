//! What generated files import: `use ::kratos_traits::generated::*;`. Not part of the public API; it may change in any release.

pub use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
pub use std::prelude::v1::*;

pub use kratos_traits_macros::{Choice, New, Redacted};
pub use serde::{self, Deserialize, Serialize};

pub use crate::JsonValue;
/// This module under a name that no schema can have, for the derive `Choice`.
pub use crate::generated as __kratos_traits;

pub mod read;

/// The error of parsing a generated enum: the text is not one of its values.
///
/// The message does not contain the text, because it is personal data.
///
/// ```
/// # mod subscriber { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/subscriber.rs")); }
/// # fn main() {
/// use subscriber::SubscriberTraitsType as Kind;
///
/// assert_eq!("press-office".parse(), Ok(Kind::PressOffice));
/// assert_eq!(Kind::ALL[0].as_str(), "private");
/// let unknown = "publisher".parse::<Kind>().unwrap_err();
/// assert_eq!(unknown.expected, ["private", "student", "library", "press-office"]);
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownValue {
    /// The values that the schema allows.
    pub expected: &'static [&'static str],
}

impl UnknownValue {
    /// For generated code.
    #[doc(hidden)]
    pub const fn new(expected: &'static [&'static str]) -> Self {
        Self { expected }
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown value; the schema allows:")?;
        for value in self.expected {
            write!(f, " {value:?}")?;
        }
        Ok(())
    }
}

impl Error for UnknownValue {}
