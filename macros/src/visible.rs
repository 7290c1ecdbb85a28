//! Makes texts of a schema safe for messages of the compiler, which prints them verbatim.

/// Escapes characters that would break the line, change the direction of the text, or be invisible.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Control characters, and characters that change the direction of text or are invisible.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(visible("Größe in \"cm\""), "Größe in \"cm\"");
        assert_eq!(visible("نمی\u{200c}دانم"), "نمی\u{200c}دانم");
        assert_eq!(visible("a\nb\u{202e}c\u{1b}"), "a\\nb\\u{202e}c\\u{1b}");
    }
}
