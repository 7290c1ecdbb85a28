//! Reading JSON text that is known to be valid.

use std::borrow::Cow;

use super::{DEPTH, Json, Kind, Members};

/// Reads the text of a `RawValue`.
pub(super) fn read(text: &str) -> Json<'_> {
    Reader { text, at: 0 }.value(DEPTH)
}

/// A position in the text, which is valid JSON.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next byte; 0 at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is not a space.
    fn peek_token(&mut self) -> u8 {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.peek()
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn value(&mut self, depth: usize) -> Json<'a> {
        let first = self.peek_token();
        let start = self.at;
        let kind = match (first, depth.checked_sub(1)) {
            (b'{', Some(depth)) => self.members(depth),
            (b'[', Some(depth)) => self.items(depth),
            (b'{' | b'[', None) => self.skip_nested(),
            (b'"', _) => Kind::String(decoded(self.string())),
            _ => match self.word() {
                "null" => Kind::Null,
                "true" => Kind::Bool(true),
                "false" => Kind::Bool(false),
                number => Kind::Number(number),
            },
        };
        let text = Some(self.since(start));
        Json { text, kind }
    }

    fn members(&mut self, depth: usize) -> Kind<'a> {
        let mut members = Vec::new();
        self.at += 1;
        loop {
            match self.peek_token() {
                b'}' | 0 => break,
                b',' => self.at += 1,
                _ => {
                    let key = self.string();
                    self.peek_token();
                    self.at += 1;
                    members.push((decoded(key), Some(key), self.value(depth)));
                }
            }
        }
        self.at += 1;
        Kind::Object(Members::of(members))
    }

    fn items(&mut self, depth: usize) -> Kind<'a> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            match self.peek_token() {
                b']' | 0 => break,
                b',' => self.at += 1,
                _ => items.push(self.value(depth)),
            }
        }
        self.at += 1;
        Kind::Array(items)
    }

    /// Skips an object or array that is nested too deeply.
    fn skip_nested(&mut self) -> Kind<'a> {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'"' => {
                    self.string();
                    continue;
                }
                0 => break,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        Kind::Opaque
    }

    /// A string with its quotes.
    fn string(&mut self) -> &'a str {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                b'\\' => self.at += 2,
                b'"' | 0 => break,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        self.since(start)
    }

    /// A number or literal.
    fn word(&mut self) -> &'a str {
        let start = self.at;
        self.at += 1;
        while self.peek().is_ascii_alphanumeric() || matches!(self.peek(), b'.' | b'+' | b'-') {
            self.at += 1;
        }
        self.since(start)
    }
}

/// The content of a JSON string, given with its quotes.
///
/// An unpaired surrogate is decoded to U+FFFD, as in Go: Kratos stores such strings.
fn decoded(text: &str) -> Cow<'_, str> {
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
    use proptest::prelude::prop_assert_eq;
    use serde_json::value::RawValue;

    use super::*;
    use crate::json::random_tests::{any_json, each};

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
            let raw = RawValue::from_string(text.to_owned()).unwrap();
            assert_eq!(Json::read(&raw).as_str(), Some(expected), "{text}");
            if !expected.contains(char::REPLACEMENT_CHARACTER) {
                let by_serde: String = serde_json::from_str(text).unwrap();
                assert_eq!(by_serde, expected);
            }
        }
        assert!(matches!(decoded("\"plain\""), Cow::Borrowed(_)));
    }

    #[test]
    fn spaces_are_no_part_of_a_value() {
        let text = " {\n\t\"a\" : [ 1 , true ] , \"b\":\"]}\\\"\" , \"c\" : null } ";
        let json = read(text);
        assert_eq!(json.text(), text.trim());
        assert_eq!(json.get("a").unwrap().text(), "[ 1 , true ]");
        let items = json.get("a").and_then(Json::items).unwrap();
        let items: Vec<_> = items.iter().map(Json::text).collect();
        assert_eq!(items, ["1", "true"]);
        assert_eq!(json.get("b").unwrap().as_str(), Some("]}\""));
        assert!(json.get("c").unwrap().is_null());
        assert_eq!(json.members().unwrap().len(), 3);
    }

    #[test]
    fn a_value_that_is_nested_too_deeply_is_opaque() {
        let nested = |depth: usize| {
            let inner = r#"{"x":["]}"]}"#;
            format!("{}{inner}{},2]", "[".repeat(depth), "]".repeat(depth - 1))
        };
        let path = vec!["0".to_owned(); 126];
        let (readable, opaque) = (nested(126), nested(127));
        let innermost = read(&readable);
        let innermost = innermost.at(&path).unwrap();
        assert_eq!(innermost.get("x").unwrap().text(), r#"["]}"]"#);
        let outermost = read(&opaque);
        let innermost = outermost.at(&path).unwrap().at(&["0".into()]).unwrap();
        assert!(matches!(innermost.get("x").unwrap().kind(), Kind::Opaque));
        assert_eq!(innermost.get("x").unwrap().text(), r#"["]}"]"#);
        assert_eq!(outermost.at(&["1".into()]).unwrap().text(), "2");
        let deepest = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(&deepest).text(), deepest);
    }

    #[test]
    fn any_json_is_read_as_serde_json_reads_it() {
        each(&any_json(), |json| {
            let text = json.text();
            let read: serde_json::Value = serde_json::from_str(&read(&text).text()).unwrap();
            let by_serde: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(read, by_serde);
            Ok(())
        });
    }
}
