//! The error of a generated enum that is read from a text.

use std::error::Error;
use std::fmt;

/// A text is none of the values of a generated enum.
///
/// The text itself is personal data and stays out of the message.
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
    /// What the schema allows.
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
        f.write_str("none of the values that the schema allows:")?;
        for value in self.expected {
            write!(f, " {value:?}")?;
        }
        Ok(())
    }
}

impl Error for UnknownValue {}
