//! Where a setting was made, so that what is wrong with it is said there.

use crate::problem::Problem;

/// The place of a setting: a file of settings, or the code or command that made it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin(Option<Place>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    file: String,
    line: u32,
    column: u32,
    excerpt: String,
}

impl Origin {
    /// The build script, the command line, a tool of one's own.
    pub(crate) const NONE: Self = Self(None);

    /// In a file.
    #[cfg(feature = "toml")]
    pub(crate) fn file(file: &str, (line, column): (u32, u32), excerpt: &str) -> Self {
        Self(Some(Place {
            file: file.into(),
            line,
            column,
            excerpt: excerpt.into(),
        }))
    }

    /// A problem of this setting; `file` is named where it was not made in a file.
    pub(crate) fn problem(&self, file: &str, message: impl Into<String>) -> Problem {
        match &self.0 {
            None => Problem::of_file(file, message),
            Some(place) => Problem::at(
                &place.file,
                (place.line, place.column),
                message.into(),
                place.excerpt.clone(),
            ),
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
