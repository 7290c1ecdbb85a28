//! `pattern`: Kratos compiles it with Go's `regexp` (RE2); here `regex` runs it, made to agree.
//!
//! The two share one syntax but for a few corners. `\d`, `\w`, `\s` and `\b` are ASCII in Go, and a
//! character class in Go knows neither classes inside it nor set operations, so both are rewritten.

use regex::Regex;

/// Whether the text surely does not match. A pattern that only Go compiles refuses nothing here.
pub(super) fn surely_refuses(pattern: &str, text: &str) -> bool {
    Regex::new(&from_go(pattern)).is_ok_and(|regex| !regex.is_match(text))
}

/// The same pattern in the words of the `regex` crate.
fn from_go(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => escape(&mut out, rest.next(), in_class),
            '[' if !in_class => {
                in_class = true;
                out.push('[');
                if rest.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                // A `]` right behind the opening is a member of the class.
                if rest.next_if_eq(&']').is_some() {
                    out.push_str("\\]");
                }
            }
            '[' if rest.peek() == Some(&':') => out.push('['),
            ':' if in_class && rest.peek() == Some(&']') => {
                out.push(':');
                if out.rfind("[:").is_some_and(|open| open + 2 < out.len() - 1) {
                    out.extend(rest.next());
                }
            }
            '[' | '&' | '~' if in_class => {
                out.push('\\');
                out.push(c);
            }
            '-' if in_class && rest.peek() == Some(&'-') => out.push_str("\\-"),
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            c => out.push(c),
        }
    }
    out
}

fn escape(out: &mut String, escaped: Option<char>, in_class: bool) {
    let ascii = match escaped {
        Some('d') => "[0-9]",
        Some('D') => "[^0-9]",
        Some('w') => "[0-9A-Za-z_]",
        Some('W') => "[^0-9A-Za-z_]",
        Some('s') => "[\\t\\n\\x0C\\r ]",
        Some('S') => "[^\\t\\n\\x0C\\r ]",
        Some('b') if !in_class => "(?-u:\\b)",
        Some('B') if !in_class => "(?-u:\\B)",
        other => {
            out.push('\\');
            out.extend(other);
            return;
        }
    };
    out.push_str(ascii);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_go() {
        for (pattern, text, matches) in [
            ("^[a-z]+$", "ada", true),
            ("^[a-z]+$", "Ada", false),
            (r"^\d+$", "12", true),
            (r"^\d+$", "\u{0661}", false),
            (r"^[\w-]+$", "a_b-1", true),
            (r"^[\w]+$", "\u{e9}", false),
            (r"^[\p{L}\p{N}][\p{L}\p{N} .,'-]+$", "\u{c9}a", true),
            (r"^[[a]+$", "[a", true),
            (r"^[a&&b]+$", "&", true),
            (r"^[]a]+$", "]a", true),
            ("^[[:alpha:]]+$", "ab", true),
            ("^[[:alpha:]]+$", "a1", false),
            ("^[a:]+$", "a:", true),
        ] {
            assert_eq!(!surely_refuses(pattern, text), matches, "{pattern} {text}");
        }
    }

    #[test]
    fn what_only_go_knows_refuses_nothing() {
        assert!(!surely_refuses(r"^\Qa.b\E$", "x"));
    }
}
