//! The one error of this module: a text for the person who reads the test's output.

use std::error::Error;
use std::fmt;

/// Why the harness could not do its part.
///
/// `Debug` is the plain text too, because that is what a failed test prints.
pub struct Failure(String);

impl Failure {
    /// A failure without a source.
    pub fn new(what: impl fmt::Display) -> Self {
        Self(what.to_string())
    }

    /// A failure with its cause, down to the last source.
    pub fn because(what: impl fmt::Display, cause: &dyn Error) -> Self {
        let mut text = format!("{what}: {cause}");
        let mut source = cause.source();
        while let Some(inner) = source {
            text.push_str(&format!(": {inner}"));
            source = inner.source();
        }
        Self(text)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Failure {}
