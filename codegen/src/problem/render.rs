//! A problem with the line that it is about, as rustc shows one.

use std::fmt;

use super::{Errors, Problem, Severity};

/// A line of a minified file is cut to this many characters around the place.
const WIDTH: usize = 120;

impl Problem {
    /// The problem with its source line and a mark under the place, as rustc shows one; without a line if it is about a whole file,
    /// and without a file if it is about none.
    #[must_use]
    pub fn rendered(&self) -> impl fmt::Display + '_ {
        Rendered(self)
    }
}

impl Errors {
    /// All problems, each as [`Problem::rendered`], with an empty line between them.
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
        // What follows the first line, such as a diff, is about the place and stands behind it.
        let (message, more) = match problem.message.split_once('\n') {
            Some((message, more)) => (message, Some(more)),
            None => (&*problem.message, None),
        };
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
    write!(f, "\n{gutter}--> {}", problem.file)?;
    if problem.excerpt.is_some() || (problem.line, problem.column) != (1, 1) {
        write!(f, ":{number}:{}", problem.column)?;
    }
    let Some(line) = &problem.excerpt else {
        return Ok(());
    };
    let (shown, before, length) = part(line, problem.column as usize - 1);
    write!(
        f,
        "\n{gutter} |\n{number} | {shown}\n{gutter} | {}{}",
        " ".repeat(before),
        "^".repeat(length)
    )
}

/// The part of the line around the place, with what is before it and how long the JSON token there is, in characters.
fn part(line: &str, column: usize) -> (String, usize, usize) {
    let characters: Vec<char> = line.chars().map(visible).collect();
    let column = column.min(characters.len());
    let from = column.saturating_sub(WIDTH / 2);
    let to = characters.len().min(from + WIDTH);
    let length = token(&characters[column..to]);
    (characters[from..to].iter().collect(), column - from, length)
}

/// A terminal may act on control characters, and a tab has no width of its own.
fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        c if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}') =>
        {
            '\u{fffd}'
        }
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
    use super::{Problem, part};

    #[test]
    fn the_mark_is_under_the_token() {
        let problem = Problem::at(
            "a.json",
            (12, 10),
            String::from("wrong"),
            String::from("\t\"type\": \"strin\\\"g\" }"),
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

    #[test]
    fn a_long_line_is_cut() {
        let line = format!("{}true,{}", " ".repeat(5_000), "x".repeat(5_000));
        let (shown, before, length) = part(&line, 5_000);
        assert_eq!((shown.len(), before, length), (120, 60, 4));
        assert_eq!(&shown[60..65], "true,");
    }
}
