//! Strings of the schema as Rust literals.

/// A string literal. What is not plainly visible is written as an escape.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// The text of a schema: a raw literal where that shows what the file shows, else an escaped one.
pub(crate) fn push_long_literal(out: &mut String, text: &str) {
    match hashes(text) {
        Some(hashes) if text.chars().all(is_plain) => {
            out.push('r');
            push_hashes(out, hashes);
            out.push('"');
            out.push_str(text);
            out.push('"');
            push_hashes(out, hashes);
        }
        _ => out.push_str(&literal(text)),
    }
}

/// Rust turns `\r\n` in a raw literal into `\n`, and refuses or warns about characters that cannot be seen.
fn is_plain(character: char) -> bool {
    matches!(character, '\n' | '\t' | '"' | '\'' | '\\' | ' '..='~')
        || !character.is_ascii() && character.escape_debug().len() == 1
}

/// How many `#` the raw literal needs, and no more; `None` if Rust has not so many.
fn hashes(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let needed = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'"')
        .map(|(quote, _)| {
            1 + bytes[quote + 1..]
                .iter()
                .take_while(|byte| **byte == b'#')
                .count()
        })
        .max()
        .unwrap_or(0);
    (needed <= 255).then_some(needed)
}

fn push_hashes(out: &mut String, count: usize) {
    for _ in 0..count {
        out.push('#');
    }
}

#[cfg(test)]
mod tests {
    use super::{literal, push_long_literal};

    fn long(text: &str) -> String {
        let mut out = String::new();
        push_long_literal(&mut out, text);
        out
    }

    #[test]
    fn a_raw_literal_has_just_enough_hashes() {
        assert_eq!(long("1"), "r\"1\"");
        assert_eq!(long("\"a\""), "r#\"\"a\"\"#");
        assert_eq!(long("\"a\"##"), "r###\"\"a\"##\"###");
        assert_eq!(long(&format!("\"{}", "#".repeat(255)))[..3], *"\"\\\"");
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(long("a\r\nb"), r#""a\r\nb""#);
        assert_eq!(long("a\u{202e}b"), r#""a\u{202e}b""#);
        assert_eq!(long("a\u{7f}b"), r#""a\u{7f}b""#);
        assert_eq!(long("größe\t€"), "r\"größe\t€\"");
        assert_eq!(literal("\"\\\0\u{2066}é"), r#""\"\\\0\u{2066}é""#);
    }
}
