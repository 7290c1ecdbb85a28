//! Percent-encoding.

/// Escapes all characters that are not unreserved in a URL (RFC 3986).
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Decodes an escaped text; `None` if it is malformed.
pub(super) fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend(parts.next()?.bytes());
    for part in parts {
        let (code, rest) = (part.get(..2)?, part.get(2..)?);
        bytes.push(u8::from_str_radix(code, 16).ok()?);
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let text = "ada+1@example.org/ü %?&#";
        let url = escaped(text);
        assert_eq!(url, "ada%2B1%40example.org%2F%C3%BC%20%25%3F%26%23");
        assert_eq!(unescaped(&url).as_deref(), Some(text));
    }

    #[test]
    fn malformed() {
        for text in ["%", "%4", "%zz", "%ü", "%ff"] {
            assert_eq!(unescaped(text), None, "{text}");
        }
    }
}
