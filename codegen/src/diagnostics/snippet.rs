//! Problems for a terminal, rendered by annotate-snippets. Only the command needs this: build scripts print [`Problem::rendered`], which
//! needs no other crate.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Problem, Severity};
use crate::input::visible;

impl Problem {
    /// As [`rendered`](Self::rendered), with the mark in the right columns also after wide characters, and with colors if
    /// `is_colored`.
    #[doc(hidden)]
    #[must_use]
    pub fn annotated(&self, is_colored: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let (message, more) = self.message_lines();
        let title = level.clone().primary_title(message);
        let title = Group::with_title(match self.code {
            Some(code) => title.id(code),
            None => title,
        });
        let (path, line, column) = (
            visible(&self.file),
            self.line as usize,
            self.column as usize,
        );
        let report = match &self.excerpt {
            _ if self.file.is_empty() => vec![title],
            None if self.has_place() => {
                vec![title.element(Origin::path(path).line(line).char_column(column))]
            }
            None => vec![title.element(Origin::path(path))],
            Some(excerpt) => {
                let mark = AnnotationKind::Primary.span(excerpt.bytes());
                let snippet = Snippet::source(&excerpt.shown)
                    .line_start(line)
                    .annotation(mark);
                if excerpt.before + 1 == column {
                    vec![title.element(snippet.path(path))]
                } else {
                    // The line is cut, so the column of the mark in it is not that in the file.
                    let origin = Origin::path(path).line(line).char_column(column);
                    let snippet = Group::with_level(level).element(snippet);
                    vec![title.element(origin), snippet]
                }
            }
        };
        let renderer = if is_colored {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut text = renderer.render(&report);
        for line in more.into_iter().flat_map(str::lines) {
            text.push('\n');
            let color = if is_colored { color_in_diff(line) } else { "" };
            text.push_str(color);
            text.push_str(line);
            text.push_str(if color.is_empty() { "" } else { "\u{1b}[0m" });
        }
        text
    }
}

/// The color of a line in a diff: red, green or cyan.
fn color_in_diff(line: &str) -> &'static str {
    match line.as_bytes().first() {
        Some(b'-') => "\u{1b}[31m",
        Some(b'+') => "\u{1b}[32m",
        Some(b'@') => "\u{1b}[36m",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Excerpt, Problem};

    fn annotated(line: &str, column: u32) -> String {
        let excerpt = Excerpt::of_line(line, column);
        Problem::at("a.json", (12, column), String::from("wrong"), excerpt).annotated(false)
    }

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
}
