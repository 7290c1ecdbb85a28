//! Problems with places, for the person who wrote the schema: in one line, with the source line, or as JSON.

mod render;
#[cfg(feature = "cli")]
mod snippet;
mod warning;

use std::fmt;

use serde::Serialize;
use serde::ser::Serializer;

pub(crate) use self::render::Excerpt;
pub(crate) use self::warning::Warning;
use crate::input::visible;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
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

    /// The same as a warning of this severity: it is an error if the settings deny it.
    pub(crate) fn warning(self, warning: Warning, severity: Severity) -> Self {
        Self {
            code: Some(warning.name()),
            severity,
            ..self
        }
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

/// `{"file", "line", "column", "severity", "code", "message"}`. `code` is null for an error without a name; `file`, `line` and `column`
/// are null for a problem that is not in a file.
impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Object<'p> {
            file: Option<&'p str>,
            line: Option<u32>,
            column: Option<u32>,
            severity: Severity,
            code: Option<&'p str>,
            message: &'p str,
        }
        let is_in_file = !self.file.is_empty();
        let object = Object {
            file: is_in_file.then_some(&self.file),
            line: is_in_file.then_some(self.line),
            column: is_in_file.then_some(self.column),
            severity: self.severity,
            code: self.code,
            message: &self.message,
        };
        object.serialize(serializer)
    }
}

impl Problem {
    /// The problem as one JSON object in one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Writing strings and numbers as JSON cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Errors {
    /// A JSON array of the problems.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}

/// The known word that `written` is most likely a misspelling of, if there is one.
///
/// One edit is allowed for every four letters of the known word, and at least one; swapping two neighbouring letters is one edit.
pub(crate) fn nearest<'w>(written: &str, known: &[&'w str]) -> Option<&'w str> {
    known
        .iter()
        .map(|word| (strsim::osa_distance(written, word), *word))
        .min()
        .filter(|(distance, word)| *distance <= (word.len() / 4).max(1))
        .map(|(_, word)| word)
}

/// "; did you mean `x`?" or "; write one of `x`, `y`, `z`".
pub(crate) fn hint(written: &str, known: &[&str]) -> String {
    match nearest(written, known) {
        Some(word) => format!("; did you mean `{word}`?"),
        None => format!("; write {}", one_of(known)),
    }
}

/// "`x`", "`x` or `y`", "one of `x`, `y`, `z`".
fn one_of(known: &[&str]) -> String {
    match known {
        [only] => format!("`{only}`"),
        [first, second] => format!("`{first}` or `{second}`"),
        more => format!("one of `{}`", more.join("`, `")),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn misspellings_have_a_suggestion_and_other_words_have_none() {
        let known = ["credentials", "verification", "recovery", "via"];
        assert_eq!(nearest("recovry", &known), Some("recovery"));
        assert_eq!(nearest("Verification", &known), Some("verification"));
        assert_eq!(nearest("vai", &known), Some("via"));
        assert_eq!(nearest("phone", &known), None);
        assert_eq!(nearest("", &known), None);
    }
}
