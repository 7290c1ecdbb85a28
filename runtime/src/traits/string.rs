//! Decoding JSON strings.

use std::borrow::Cow;

/// The content of a JSON string, given with its quotes.
///
/// An unpaired surrogate is decoded to U+FFFD, as in Go: Kratos stores such strings.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or("");
    let Some(plain) = inner.find('\\') else {
        return Cow::Borrowed(inner);
    };
    let mut out = String::with_capacity(inner.len());
    out.push_str(&inner[..plain]);
    let mut chars = inner[plain..].chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        out.push(match chars.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let (c, rest) = escaped(chars.as_str());
                chars = rest.chars();
                c
            }
            Some(other) => other,
            None => break,
        });
    }
    Cow::Owned(out)
}

/// Decodes the digits of a `\u` escape, with the second half of a surrogate pair; returns the rest of the text, too.
fn escaped(text: &str) -> (char, &str) {
    let Some((first, rest)) = unit(text) else {
        return (char::REPLACEMENT_CHARACTER, text);
    };
    if let Ok(c) = char::try_from(u32::from(first)) {
        return (c, rest);
    }
    let second = rest.strip_prefix("\\u").and_then(unit);
    if let Some((second, rest)) = second
        && let Some(Ok(c)) = char::decode_utf16([first, second]).next()
    {
        return (c, rest);
    }
    (char::REPLACEMENT_CHARACTER, rest)
}

fn unit(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings() {
        for (text, expected) in [
            (r#""""#, ""),
            (r#""plain ä""#, "plain ä"),
            (r#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{c}\n\r\tz"),
            (r#""\u00e4\u0041""#, "äA"),
            (r#""\ud83d\ude00!""#, "\u{1f600}!"),
            (r#""\ud800""#, "\u{fffd}"),
            (r#""\ud800x\udc00""#, "\u{fffd}x\u{fffd}"),
            (r#""\ud800\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\ud800\u0041""#, "\u{fffd}A"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
            if !expected.contains(char::REPLACEMENT_CHARACTER) {
                let by_serde: String = serde_json::from_str(text).unwrap();
                assert_eq!(by_serde, expected);
            }
        }
        assert!(matches!(decoded("\"plain\""), Cow::Borrowed(_)));
    }
}
