//! Text of the schema in the emitted code: as Rust literals, and as Markdown in doc comments, where nothing in it has a meaning.

use std::fmt::Write as _;

use crate::input::is_hidden;

/// A string literal; invisible characters are escaped.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// The text of a schema: a raw literal if every character in it is visible, else an escaped one.
pub(crate) fn push_long_literal(out: &mut String, text: &str) {
    // Rust allows at most 255 hashes.
    let mut hashes = (0..=255).map(|count| "#".repeat(count));
    match hashes.find(|hashes| !text.contains(&format!("\"{hashes}"))) {
        Some(hashes) if text.chars().all(is_plain) => {
            // Writing to a String cannot fail.
            let _ = write!(out, "r{hashes}\"{text}\"{hashes}");
        }
        _ => out.push_str(&literal(text)),
    }
}

/// Rust turns `\r\n` in a raw literal into `\n`, and refuses or warns about invisible characters.
fn is_plain(character: char) -> bool {
    matches!(character, '\n' | '\t' | '"' | '\'' | '\\' | ' '..='~')
        || !character.is_ascii() && character.escape_debug().len() == 1
}

/// The text between backticks; `None` if it cannot be there, or would end a comment in TypeScript.
pub(crate) fn code(text: &str) -> Option<String> {
    let fits = !text.is_empty()
        && text.trim() == text
        && !text.contains('`')
        && !text.contains("*/")
        && !text.chars().any(is_hidden);
    fits.then(|| format!("`{text}`"))
}

/// One line of plain text as Markdown.
pub(crate) fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut list_number = true;
    for (index, character) in line.char_indices() {
        let at_start = index == 0;
        let after_number = list_number && !at_start;
        list_number = list_number && character.is_ascii_digit();
        let is_markup = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|' => true,
            '-' | '+' | '=' | '!' => at_start,
            '.' | ')' => after_number,
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        match character {
            // rustdoc warns about a bare URL; `*/` would end a comment that a derive such as ts-rs copies.
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
    use super::{code, escaped, literal, push_long_literal};

    fn long(text: &str) -> String {
        let mut out = String::new();
        push_long_literal(&mut out, text);
        out
    }

    #[test]
    fn a_raw_literal_has_as_many_hashes_as_it_needs() {
        assert_eq!(long("1"), "r\"1\"");
        assert_eq!(long("\"a\""), "r#\"\"a\"\"#");
        assert_eq!(long("\"a\"##"), "r###\"\"a\"##\"###");
        assert_eq!(long(&format!("\"{}", "#".repeat(255)))[..3], *"\"\\\"");
    }

    #[test]
    fn invisible_characters_are_escaped() {
        assert_eq!(long("a\r\nb"), r#""a\r\nb""#);
        assert_eq!(long("a\u{202e}b"), r#""a\u{202e}b""#);
        assert_eq!(long("a\u{7f}b"), r#""a\u{7f}b""#);
        assert_eq!(long("größe\t€"), "r\"größe\t€\"");
        assert_eq!(literal("\"\\\0\u{2066}é"), r#""\"\\\0\u{2066}é""#);
    }

    #[test]
    fn text_has_no_meaning_in_markdown() {
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
    fn code_cannot_hold_backticks_or_invisible_characters() {
        assert_eq!(code("[a](b)").as_deref(), Some("`[a](b)`"));
        for text in ["", " a", "a`b", "a*/b", "a\nb", "a\u{202e}b"] {
            assert_eq!(code(text), None, "{text:?}");
        }
    }
}
