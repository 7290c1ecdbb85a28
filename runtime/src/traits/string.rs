//! What the text of a JSON string says.

use std::borrow::Cow;

/// The string that a JSON text with its quotes says.
///
/// Half a surrogate pair is U+FFFD, as Go reads it: Kratos stores such texts.
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
                let (c, behind) = escaped(chars.as_str());
                chars = behind.chars();
                c
            }
            Some(other) => other,
            None => break,
        });
    }
    Cow::Owned(out)
}

/// The character whose digits these are, with the other half of a pair if it follows, and the text behind it.
fn escaped(text: &str) -> (char, &str) {
    let Some((first, behind)) = unit(text) else {
        return (char::REPLACEMENT_CHARACTER, text);
    };
    if let Ok(c) = char::try_from(u32::from(first)) {
        return (c, behind);
    }
    let second = behind.strip_prefix("\\u").and_then(unit);
    if let Some((second, behind)) = second
        && let Some(Ok(c)) = char::decode_utf16([first, second]).next()
    {
        return (c, behind);
    }
    (char::REPLACEMENT_CHARACTER, behind)
}

fn unit(text: &str) -> Option<(u16, &str)> {
    let (digits, behind) = text.split_at_checked(4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, behind))
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
