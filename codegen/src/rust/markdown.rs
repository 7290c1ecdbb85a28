//! Rustdoc reads Markdown, so the schema's words are escaped until none of them means anything there.

use std::fmt::Write as _;

use crate::hidden::is_hidden;

/// The text between backticks, where nothing has a meaning; `None` if it cannot stand there, or not in a comment of TypeScript.
pub(crate) fn code(text: &str) -> Option<String> {
    let fits = !text.is_empty()
        && text.trim() == text
        && !text.contains('`')
        && !text.contains("*/")
        && !text.chars().any(is_hidden);
    fits.then(|| format!("`{text}`"))
}

/// One line of plain words as Markdown.
pub(crate) fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut list_number = true;
    for (index, character) in line.char_indices() {
        let at_start = index == 0;
        let after_number = list_number && !at_start;
        list_number = list_number && character.is_ascii_digit();
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|' => {
                out.push('\\');
                out.push(character);
            }
            '-' | '+' | '=' | '!' if at_start => {
                out.push('\\');
                out.push(character);
            }
            '.' | ')' if after_number => {
                out.push('\\');
                out.push(character);
            }
            // `https://…` would be a bare URL, which rustdoc warns about.
            // `*/` would end the comment where a derive such as that of ts-rs copies it.
            '/' if out.ends_with([':', '*']) => out.push_str("\\/"),
            '\t' => out.push(' '),
            hidden if is_hidden(hidden) => {
                let _ = write!(out, "\\\\u{{{:x}}}", u32::from(hidden));
            }
            other => out.push(other),
        }
    }
    out
}

pub(crate) fn is_line_end(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn nothing_is_markdown() {
        for (line, expected) in [
            ("plain words, 50 % & more", "plain words, 50 % \\& more"),
            ("# heading", "\\# heading"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("12) item", "12\\) item"),
            ("version 1.2", "version 1.2"),
            ("=== ", "\\=== "),
            ("`code` *bold* a_b", "\\`code\\` \\*bold\\* a\\_b"),
            ("[a](b) ![c](d)", "\\[a\\](b) !\\[c\\](d)"),
            ("<b> &amp;", "\\<b\\> \\&amp;"),
            ("https://example.org", "https:\\//example.org"),
            ("/* a */", "/\\* a \\*\\/"),
            ("a\\", "a\\\\"),
            ("a\u{202e}b\u{7}", "a\\\\u{202e}b\\\\u{7}"),
            ("a\tb", "a b"),
        ] {
            assert_eq!(escaped(line), expected, "{line:?}");
        }
    }

    #[test]
    fn code_is_only_what_can_stand_between_backticks() {
        assert_eq!(code("[a](b)").as_deref(), Some("`[a](b)`"));
        for text in ["", " a", "a`b", "a*/b", "a\nb", "a\u{202e}b"] {
            assert_eq!(code(text), None, "{text:?}");
        }
    }
}
