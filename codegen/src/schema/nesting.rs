//! How deep a JSON text is nested, told without reading it.

/// The rest of the text from the first bracket that is inside more than `limit` others.
pub(crate) fn deeper_than(limit: usize, text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' if depth == limit => return text.get(at..),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::deeper_than;

    #[test]
    fn brackets_in_strings_do_not_count() {
        for (text, rest) in [
            ("1", [None, None]),
            ("{}", [None, None]),
            ("]]{[", [Some("["), None]),
            (
                r#"["[[[",{"\"{{":1},[[]]]"#,
                [Some(r#"{"\"{{":1},[[]]]"#), Some("[]]]")],
            ),
        ] {
            assert_eq!(deeper_than(1, text), rest[0], "{text}");
            assert_eq!(deeper_than(2, text), rest[1], "{text}");
        }
    }
}
