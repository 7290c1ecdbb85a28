//! Problems with places, for the person who wrote the schema: in one line, with the source line, or as JSON.

mod excerpt;
mod serialize;
#[cfg(feature = "cli")]
mod snippet;
mod suggest;
mod text;
mod warning;

use std::fmt;

pub(crate) use excerpt::Excerpt;
pub(crate) use suggest::{hint, nearest};
pub(crate) use warning::Warning;

use crate::hidden::visible;

/// An error or a warning: where it is, what is wrong, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The file, as named in the build script or on the command line; empty if the problem is not in a file, such as a wrong flag.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// Whether it stops the generator.
    pub severity: Severity,
    /// The name of the warning, which is the same in all versions; a denied warning is an error and keeps its name.
    pub code: Option<&'static str>,
    /// What is wrong, and what to write instead.
    pub message: String,
    /// The line around the place.
    excerpt: Option<Excerpt>,
}

/// Whether a problem stops the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Severity {
    /// No code is written.
    Error,
    /// Accepted by Kratos, but surprising. Code is written.
    Warning,
}

impl Problem {
    /// An error at a place, with the line around it.
    pub(crate) fn at(
        file: &str,
        (line, column): (u32, u32),
        message: String,
        excerpt: Excerpt,
    ) -> Self {
        Self {
            file: String::from(file),
            line,
            column,
            severity: Severity::Error,
            code: None,
            message: visible(&message),
            excerpt: Some(excerpt),
        }
    }

    /// An error that is not in a file, such as a wrong flag.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self::of_file("", message)
    }

    /// An error about a whole file.
    #[must_use]
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: 1,
            column: 1,
            severity: Severity::Error,
            code: None,
            // The message may have several lines, such as a diff.
            message: message
                .into()
                .split('\n')
                .map(visible)
                .collect::<Vec<_>>()
                .join("\n"),
            excerpt: None,
        }
    }

    /// The same with another message.
    pub(crate) fn with_message(self, message: impl AsRef<str>) -> Self {
        let message = visible(message.as_ref());
        Self { message, ..self }
    }

    /// The same as a warning, or as an error if that warning is denied.
    pub(crate) fn warning(self, warning: Warning, denied: bool) -> Self {
        Self {
            code: Some(warning.name()),
            severity: if denied {
                Severity::Error
            } else {
                Severity::Warning
            },
            ..self
        }
    }
}

impl Problem {
    /// The first line of the message, and what follows it, such as a diff, which is shown after the place.
    fn message_lines(&self) -> (&str, Option<&str>) {
        match self.message.split_once('\n') {
            Some((message, more)) => (message, Some(more)),
            None => (&self.message, None),
        }
    }

    /// Whether it is about a place in its file, not about the whole file.
    fn has_place(&self) -> bool {
        self.excerpt.is_some() || (self.line, self.column) != (1, 1)
    }
}

/// One line: `file:line:column: message`, without the place if the problem is not in a file. A warning begins with `warning:` and ends
/// with its name.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let warning = match self.severity {
            Severity::Error => "",
            Severity::Warning => "warning: ",
        };
        if !self.file.is_empty() {
            let file = visible(&self.file);
            write!(f, "{file}:{}:{}: ", self.line, self.column)?;
        }
        write!(f, "{warning}{}", self.message)?;
        match self.code {
            Some(code) => write!(f, " [{code}]"),
            None => Ok(()),
        }
    }
}

/// Every problem that was found, in the order of the files and of the places in them. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors(Vec<Problem>);

impl Errors {
    pub(crate) fn new(problems: Vec<Problem>) -> Self {
        Self(problems)
    }

    /// The problems in order, including the warnings.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.0
    }
}

impl From<Problem> for Errors {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl From<Errors> for Vec<Problem> {
    fn from(errors: Errors) -> Self {
        errors.0
    }
}

impl IntoIterator for Errors {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// One line a problem.
impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}
