//! Problems as text with the line around their place, in the layout of rustc.

use std::fmt;

use super::{Errors, Problem, Severity};
use crate::input::{is_hidden, visible};

impl Problem {
    /// The problem with its source line and a mark under the place, in the layout of rustc. A problem about a whole file has no line.
    #[must_use]
    pub fn rendered(&self) -> impl fmt::Display + '_ {
        let level = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let code = self.code.map_or(String::new(), |code| format!("[{code}]"));
        let (message, more) = self.message_lines();
        let mut text = format!("{level}{code}: {message}");
        let line = self.line.to_string();
        let gutter = " ".repeat(self.excerpt.as_ref().map_or(0, |_| line.len()));
        if !self.file.is_empty() {
            text.push_str(&format!("\n{gutter}--> {}", visible(&self.file)));
        }
        if self.has_place() {
            text.push_str(&format!(":{line}:{}", self.column));
        }
        if let Some(excerpt) = &self.excerpt {
            let shown = format!(" {}", excerpt.shown);
            let (before, mark) = (" ".repeat(excerpt.before), "^".repeat(excerpt.length));
            text.push_str(&format!(
                "\n{gutter} |\n{line} |{}\n{gutter} | {before}{mark}",
                shown.trim_end()
            ));
        }
        if let Some(more) = more {
            text.push('\n');
            text.push_str(more);
        }
        text
    }

    /// The first line of the message, and the other lines, such as a diff.
    pub(super) fn message_lines(&self) -> (&str, Option<&str>) {
        match self.message.split_once('\n') {
            Some((message, more)) => (message, Some(more)),
            None => (&self.message, None),
        }
    }

    /// Whether it has a line and a column. Without an excerpt, the first place is that of the whole file.
    pub(super) fn has_place(&self) -> bool {
        self.excerpt.is_some() || (self.line, self.column) != (1, 1)
    }
}

impl Errors {
    /// All problems, each as in [`Problem::rendered`], separated by empty lines.
    #[must_use]
    pub fn rendered(&self) -> String {
        let all: Vec<String> = self
            .0
            .iter()
            .map(|one| one.rendered().to_string())
            .collect();
        all.join("\n\n")
    }
}

/// The most characters of a line that are kept; a minified file has lines of a megabyte.
const WIDTH: usize = 120;

/// A part of a line, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(super) shown: String,
    /// The number of characters before the place.
    pub(super) before: usize,
    /// The number of characters of the JSON token at the place.
    length: usize,
}

impl Excerpt {
    /// The excerpt around an offset of a text. Only the kept part of the line is read.
    pub(crate) fn of(text: &str, offset: usize) -> Self {
        let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
        let is_end = |c: &char| *c != '\n';
        let before: Vec<char> = before
            .chars()
            .rev()
            .take_while(is_end)
            .take(WIDTH / 2)
            .collect();
        let mut shown: Vec<char> = before.iter().rev().copied().collect();
        shown.extend(after.chars().take_while(is_end).take(WIDTH - before.len()));
        if shown.last() == Some(&'\r') {
            shown.pop();
        }
        let shown: Vec<char> = shown.into_iter().map(shown_as).collect();
        let before = before.len().min(shown.len());
        Self {
            length: token(&shown[before..]),
            shown: shown.into_iter().collect(),
            before,
        }
    }

    /// The same for a column, from 1, of a line.
    #[cfg(any(test, feature = "kratos-config"))]
    pub(crate) fn of_line(line: &str, column: u32) -> Self {
        let mut places = line.char_indices().map(|(offset, _)| offset);
        let offset = places.nth((column as usize).saturating_sub(1));
        Self::of(line, offset.unwrap_or(line.len()))
    }

    /// The token as a range of bytes in `shown`.
    #[cfg(feature = "cli")]
    pub(super) fn bytes(&self) -> std::ops::Range<usize> {
        let offset = |characters: usize| {
            let mut offsets = self.shown.char_indices().map(|(offset, _)| offset);
            offsets.nth(characters).unwrap_or(self.shown.len())
        };
        offset(self.before)..offset(self.before + self.length)
    }
}

/// The character as it is shown: a terminal may act on control characters, and the width of a tab varies.
fn shown_as(character: char) -> char {
    match character {
        '\t' => ' ',
        c if is_hidden(c) => '\u{fffd}',
        c => c,
    }
}

fn token(rest: &[char]) -> usize {
    let length = match rest.first() {
        Some('"') => {
            let mut escaped = false;
            let end = rest[1..].iter().position(|c| {
                let is_end = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                is_end
            });
            end.map_or(rest.len(), |end| end + 2)
        }
        Some(c) if c.is_ascii_alphanumeric() || *c == '-' => rest
            .iter()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'))
            .count(),
        _ => 1,
    };
    length.max(1)
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Problem};

    #[test]
    fn the_mark_is_under_the_token() {
        let problem = Problem::at(
            "a.json",
            (12, 10),
            String::from("wrong"),
            Excerpt::of_line("\t\"type\": \"strin\\\"g\" }", 10),
        );
        assert_eq!(
            problem.rendered().to_string(),
            "error: wrong\n  --> a.json:12:10\n   |\n12 |  \"type\": \"strin\\\"g\" }\n   |          ^^^^^^^^^^"
        );
    }

    #[test]
    fn a_long_line_is_cut() {
        let line = format!("{}true,{}", " ".repeat(5_000), "x".repeat(5_000));
        let Excerpt {
            shown,
            before,
            length,
        } = Excerpt::of_line(&line, 5_001);
        assert_eq!((shown.len(), before, length), (120, 60, 4));
        assert_eq!(&shown[60..65], "true,");
    }

    #[test]
    fn the_line_ends_where_it_ends() {
        let of = |offset| Excerpt::of("a\r\n\t\"é\" x\r\nb", offset).shown;
        assert_eq!([of(0), of(4), of(9)], ["a", " \"é\" x", " \"é\" x"]);
        let end = Excerpt::of("ab", 2);
        assert_eq!((&*end.shown, end.before, end.length), ("ab", 2, 1));
        assert_eq!(Excerpt::of("", 0).shown, "");
    }
}
