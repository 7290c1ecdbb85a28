//! Where a setting was made, so that what is wrong with it is said there.

use crate::problem::Problem;

/// The place of a setting: a file of settings, or the code or command that made it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin(Option<(String, u32, u32)>);

impl Origin {
    /// The build script, the command line, a tool of one's own.
    pub(crate) const NONE: Self = Self(None);

    /// In a file.
    #[cfg(feature = "toml")]
    pub(crate) fn file(file: &str, line: u32, column: u32) -> Self {
        Self(Some((file.into(), line, column)))
    }

    /// A problem of this setting; `file` is named where it was not made in a file.
    pub(crate) fn problem(&self, file: &str, message: impl Into<String>) -> Problem {
        match &self.0 {
            None => Problem::of_file(file, message),
            Some((file, line, column)) => Problem {
                line: *line,
                column: *column,
                ..Problem::of_file(file.as_str(), message)
            },
        }
    }
}

/// A text and where it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) origin: Origin,
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self {
            text,
            origin: Origin::default(),
        }
    }
}
