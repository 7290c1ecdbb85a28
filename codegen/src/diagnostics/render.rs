//! Problems as text with the line around their place, in the layout of rustc.

use std::fmt;

use super::{Errors, Problem, Severity};
use crate::input::{is_hidden, visible};

impl Problem {
    /// The problem with its source line and a mark under the place, in the layout of rustc. A problem about a whole file has no line.
    #[must_use]
    pub fn rendered(&self) -> impl fmt::Display + '_ {
        self.annotated(false)
    }

    /// As [`rendered`](Self::rendered), with the colors of a terminal if `is_colored`.
    #[doc(hidden)]
    #[must_use]
    pub fn annotated(&self, is_colored: bool) -> String {
        let paint = |style: &str, text: &str| {
            if is_colored {
                format!("\u{1b}[{style}m{text}\u{1b}[0m")
            } else {
                text.to_owned()
            }
        };
        let (bold, frame) = ("1", "1;34");
        let (level, color) = match self.severity {
            Severity::Error => ("error", "1;31"),
            Severity::Warning => ("warning", "1;33"),
        };
        let code = self.code.map_or(String::new(), |code| format!("[{code}]"));
        let (message, more) = match self.message.split_once('\n') {
            Some((message, more)) => (message, Some(more)),
            None => (&*self.message, None),
        };
        let mut text = paint(color, &format!("{level}{code}"));
        text.push_str(&paint(bold, &format!(": {message}")));
        let line = self.line.to_string();
        let gutter = " ".repeat(self.excerpt.as_ref().map_or(0, |_| line.len()));
        if !self.file.is_empty() {
            let arrow = paint(frame, &format!("{gutter}-->"));
            text.push_str(&format!("\n{arrow} {}", visible(&self.file)));
        }
        // Without an excerpt, the first place stands for the whole file.
        if self.excerpt.is_some() || (self.line, self.column) != (1, 1) {
            text.push_str(&format!(":{line}:{}", self.column));
        }
        if let Some(excerpt) = &self.excerpt {
            let (before, marked) = excerpt.widths();
            let bar = paint(frame, &format!("{gutter} |"));
            let numbered = paint(frame, &format!("{line} |"));
            let shown = format!(" {}", excerpt.shown);
            let mark = paint(color, &"^".repeat(marked));
            let shown = shown.trim_end();
            text.push_str(&format!(
                "\n{bar}\n{numbered}{shown}\n{bar} {}{mark}",
                " ".repeat(before)
            ));
        }
        if let Some(more) = more {
            text.push('\n');
            text.push_str(more);
        }
        text
    }
}

impl Errors {
    /// All problems, each as in [`Problem::rendered`], separated by empty lines.
    #[must_use]
    pub fn rendered(&self) -> String {
        let all: Vec<String> = self.0.iter().map(|one| one.annotated(false)).collect();
        all.join("\n\n")
    }
}

/// The most characters of a line that are kept; a minified file has lines of a megabyte.
const WIDTH: usize = 120;

/// A part of a line, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    shown: String,
    /// The number of characters before the place.
    before: usize,
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

    /// The number of columns before the mark and of the mark itself.
    fn widths(&self) -> (usize, usize) {
        let mut shown = self.shown.chars();
        let before = shown.by_ref().take(self.before).map(width).sum();
        let marked: usize = shown.take(self.length).map(width).sum();
        (before, marked.max(1))
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

/// The number of columns of a character in a terminal.
#[cfg(feature = "cli")]
fn width(character: char) -> usize {
    unicode_width::UnicodeWidthChar::width(character).unwrap_or(1)
}

/// A build script takes no crate for it.
#[cfg(not(feature = "cli"))]
fn width(_character: char) -> usize {
    1
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Problem};

    fn annotated(line: &str, column: u32) -> String {
        let excerpt = Excerpt::of_line(line, column);
        Problem::at("a.json", (12, column), String::from("wrong"), excerpt).annotated(false)
    }

    #[cfg(feature = "cli")]
    #[test]
    fn the_mark_is_under_the_token() {
        for (line, column, shown) in [
            (
                "\t\"type\": \"strin\\\"g\" }",
                10,
                "12 |  \"type\": \"strin\\\"g\" }\n   |          ^^^^^^^^^^",
            ),
            ("", 1, "12 |\n   | ^"),
            ("{", 2, "12 | {\n   |  ^"),
            // Each of these two characters has two columns.
            (
                "{ \"名前\": 12 }",
                9,
                "12 | { \"名前\": 12 }\n   |           ^^",
            ),
            (
                "{ \"\u{202e}\u{200b}\u{7}\": 12 }",
                10,
                "12 | { \"\u{fffd}\u{fffd}\u{fffd}\": 12 }\n   |          ^^",
            ),
        ] {
            assert_eq!(
                annotated(line, column),
                format!("error: wrong\n  --> a.json:12:{column}\n   |\n{shown}")
            );
        }
    }

    #[test]
    fn a_long_line_is_cut_and_the_column_is_that_in_the_file() {
        let line = format!("{}true,{}", " ".repeat(5_000), "x".repeat(5_000));
        let shown = annotated(&line, 5_001);
        assert!(
            shown.starts_with("error: wrong\n  --> a.json:12:5001\n"),
            "{shown}"
        );
        assert!(shown.contains("true,xxx"), "{shown}");
        assert!(shown.ends_with("^^^^"), "{shown}");
        assert!(shown.lines().all(|line| line.len() < 140), "{shown}");
    }

    #[test]
    fn what_has_no_line_is_shown_without_one() {
        let shown = |problem: Problem| problem.annotated(false);
        assert_eq!(
            shown(Problem::of_file("a.json", "wrong\n-a\n+b")),
            "error: wrong\n--> a.json\n-a\n+b"
        );
        let line = Problem {
            line: 12,
            ..Problem::of_file("a.rs", "wrong")
        };
        assert_eq!(shown(line), "error: wrong\n--> a.rs:12:1");
        assert_eq!(shown(Problem::new("wrong")), "error: wrong");
        assert_eq!(Problem::new("wrong").rendered().to_string(), "error: wrong");
        assert_eq!(Problem::new("wrong").to_string(), "wrong");
    }

    #[test]
    fn colors_are_asked_for() {
        let problem = Problem::new("wrong");
        assert!(problem.annotated(true).contains("\u{1b}["));
        assert!(!problem.annotated(false).contains('\u{1b}'));
    }

    #[test]
    fn a_build_script_shows_the_same() {
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
