//! Where a setting was made, so that what is wrong with it is said there.

use crate::problem::{Excerpt, Problem};

/// The door through which settings came that were made in no file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Door {
    /// A tool of one's own.
    #[default]
    Library,
    BuildScript,
    Command,
}

/// The place of a setting.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    #[default]
    Unsaid,
    /// The method of `Options` that was called; the flag of the command has its name.
    Method(&'static str),
    #[cfg_attr(
        not(feature = "toml"),
        expect(dead_code, reason = "no file of settings is read")
    )]
    File(Place),
}

/// A place in a file of settings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    file: String,
    line: u32,
    column: u32,
    excerpt: String,
}

impl Origin {
    /// In a file.
    #[cfg(feature = "toml")]
    pub(crate) fn file(file: &str, (line, column): (u32, u32), excerpt: &str) -> Self {
        Self::File(Place {
            file: file.into(),
            line,
            column,
            excerpt: excerpt.into(),
        })
    }

    /// A problem of this setting.
    pub(crate) fn problem(&self, door: Door, message: impl Into<String>) -> Problem {
        let message = message.into();
        match (self, door) {
            (Self::File(place), _) => Problem::at(
                &place.file,
                (place.line, place.column),
                message,
                Excerpt::of_line(&place.excerpt, place.column),
            ),
            (Self::Unsaid, _) => Problem::new(message),
            (Self::Method(name), Door::Library) => {
                Problem::new(format!("`Options::{name}`: {message}"))
            }
            (Self::Method(name), Door::BuildScript) => {
                Problem::of_file("build.rs", format!("`.{name}(…)`: {message}"))
            }
            (Self::Method(name), Door::Command) => {
                let flag = name.replace('_', "-");
                Problem::new(format!("`--{flag}`: {message}"))
            }
        }
    }
}

/// A text and where it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) origin: Origin,
}

impl Said {
    /// What the method of this name was given.
    pub(crate) fn by(method: &'static str, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            origin: Origin::Method(method),
        }
    }
}
