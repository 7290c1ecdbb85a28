//! Problems as plain text with the source line, in the layout of rustc.

use std::fmt;

use super::{Errors, Excerpt, Problem, Severity};
use crate::hidden::visible;

impl Problem {
    /// The problem with its source line and a mark under the place, in the layout of rustc. A problem about a whole file has no line.
    #[must_use]
    pub fn rendered(&self) -> impl fmt::Display + '_ {
        Rendered(self)
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

struct Rendered<'p>(&'p Problem);

impl fmt::Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = self.0;
        f.write_str(match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })?;
        if let Some(code) = problem.code {
            write!(f, "[{code}]")?;
        }
        let (message, more) = problem.message_lines();
        write!(f, ": {message}")?;
        if !problem.file.is_empty() {
            place(f, problem)?;
        }
        match more {
            Some(more) => write!(f, "\n{more}"),
            None => Ok(()),
        }
    }
}

/// The lines below the message.
fn place(f: &mut fmt::Formatter<'_>, problem: &Problem) -> fmt::Result {
    let number = problem.line.to_string();
    let gutter = " ".repeat(number.len());
    write!(f, "\n{gutter}--> {}", visible(&problem.file))?;
    if problem.has_place() {
        write!(f, ":{number}:{}", problem.column)?;
    }
    let Some(Excerpt {
        shown,
        before,
        length,
    }) = &problem.excerpt
    else {
        return Ok(());
    };
    write!(
        f,
        "\n{gutter} |\n{number} | {shown}\n{gutter} | {}{}",
        " ".repeat(*before),
        "^".repeat(*length)
    )
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
    fn what_has_no_line_is_shown_without_one() {
        let shown = |problem: Problem| problem.rendered().to_string();
        assert_eq!(
            shown(Problem::of_file("a.json", "wrong")),
            "error: wrong\n --> a.json"
        );
        let line = Problem {
            line: 12,
            ..Problem::of_file("a.rs", "wrong")
        };
        assert_eq!(shown(line), "error: wrong\n  --> a.rs:12:1");
        assert_eq!(shown(Problem::new("wrong")), "error: wrong");
        assert_eq!(Problem::new("wrong").to_string(), "wrong");
    }
}
