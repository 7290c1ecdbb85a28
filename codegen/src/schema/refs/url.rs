//! URLs and file paths in `$ref` and `$id`, as text: resolving them, and which of them Go accepts.

use std::borrow::Cow;

/// `reference` resolved against `base`, with its fragment.
pub(super) fn join(base: &str, reference: &str) -> String {
    if let Some(path) = reference.strip_prefix("file://") {
        return String::from(path);
    }
    if has_scheme(reference) {
        return String::from(reference);
    }
    let base = split(base).0;
    if reference.starts_with('#') || reference.is_empty() {
        return format!("{base}{reference}");
    }
    let (root, path) = match base.find("://") {
        Some(scheme) => {
            let authority = base[scheme + 3..].find('/');
            base.split_at(authority.map_or(base.len(), |slash| scheme + 3 + slash))
        }
        None => ("", base),
    };
    if reference.starts_with('/') {
        return format!("{root}{reference}");
    }
    let default = if root.is_empty() { "" } else { "/" };
    let folder = path.rfind('/').map_or(default, |slash| &path[..=slash]);
    let (reference, fragment) = match reference.split_once('#') {
        Some((reference, fragment)) => (reference, format!("#{fragment}")),
        None => (reference, String::new()),
    };
    format!(
        "{root}{}{fragment}",
        without_dots(&format!("{folder}{reference}"))
    )
}

/// The URL without its fragment, and the fragment.
pub(super) fn split(url: &str) -> (&str, &str) {
    url.split_once('#').unwrap_or((url, ""))
}

pub(super) fn is_on_network(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// Whether the URL starts with a scheme. One letter is the drive of a path.
pub(super) fn has_scheme(url: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.len() > 1 && scheme.bytes().all(is_plain)
}

/// Whether a relative reference has only characters that are not percent-encoded in a URL. Kratos opens a file under the encoded name.
pub(super) fn names_a_file(reference: &str) -> bool {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/[]".contains(&byte);
    has_scheme(reference) || split(reference).0.bytes().all(is_plain)
}

/// The text in a `base64://` URL, in the standard alphabet with padding.
pub(super) fn base64(url: &str) -> Option<String> {
    let encoded = url.strip_prefix("base64://")?;
    // The decoder skips line breaks, but a URL cannot have any.
    if encoded.contains(['\r', '\n']) {
        return None;
    }
    String::from_utf8(decode_base64(encoded)?).ok()
}

/// The text with `%20` as a blank, and so on.
pub(super) fn percent_decoded(text: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy()
}

fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The bytes of standard base64 with padding, as Go's `base64.StdEncoding` reads it: it skips line breaks and ignores the bits of the
/// last character that do not fill a byte. Strict decoders refuse both.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let text = text.replace(['\r', '\n'], "");
    let digits = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - digits.len() > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut length) = (0_usize, 0);
    for byte in digits.bytes() {
        bits = bits << 6 | DIGITS.iter().position(|digit| *digit == byte)?;
        length += 6;
        if length >= 8 {
            length -= 8;
            bytes.push(u8::try_from(bits >> length & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// Whether Go's `url.Parse`, with which Kratos checks each `$id` and `$ref`, accepts a text. Where versions of Go differ, it does.
pub(in crate::schema) fn is_url_reference(text: &str) -> bool {
    let (url, fragment) = split(text);
    if url.bytes().any(|byte| byte.is_ascii_control()) || !has_whole_escapes(fragment) {
        return false;
    }
    let Some((scheme, rest)) = scheme(url) else {
        return false;
    };
    // Go does not check a query.
    let rest = rest.split_once('?').map_or(rest, |(path, _)| path);
    if !rest.starts_with('/') {
        let first = rest.split_once('/').map_or(rest, |(first, _)| first);
        return !scheme.is_empty() || !first.contains(':') && has_whole_escapes(rest);
    }
    let authority = rest.strip_prefix("//");
    let Some(authority) = authority.filter(|after| !scheme.is_empty() || !after.starts_with('/'))
    else {
        return has_whole_escapes(rest);
    };
    let end = authority.find('/').unwrap_or(authority.len());
    let (authority, path) = authority.split_at(end);
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    is_user(user) && is_host(host) && has_whole_escapes(path)
}

/// The scheme, which may be empty, and the rest; `None` if the first character is a `:`.
fn scheme(url: &str) -> Option<(&str, &str)> {
    for (at, c) in url.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return None,
            ':' => return Some((&url[..at], &url[at + 1..])),
            _ => break,
        }
    }
    Some(("", url))
}

fn is_user(user: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
    user.bytes().all(is_plain) && has_whole_escapes(user)
}

/// Whether Go accepts the host; it refuses `{domain}` and `localhost:port`.
fn is_host(host: &str) -> bool {
    // An address in brackets is accepted unchecked, because versions of Go differ.
    let (name, port) = match host.strip_prefix('[') {
        Some(literal) => match literal.rsplit_once(']') {
            Some((_, port)) => ("", port),
            None => return false,
        },
        None => host.split_at(host.rfind(':').unwrap_or(host.len())),
    };
    let is_port = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => port.is_empty(),
    };
    let is_plain = |byte: u8| {
        !byte.is_ascii()
            || byte.is_ascii_alphanumeric()
            || b"!$&'()*+,;=:[]<>\"-_.~%".contains(&byte)
    };
    // The only ASCII character that may be escaped in a host is the `%`.
    let is_escape = |after: &str| {
        after.starts_with("25")
            || after.starts_with(|c| matches!(c, '8'..='9' | 'a'..='f' | 'A'..='F'))
    };
    is_port
        && name.bytes().all(is_plain)
        && has_whole_escapes(name)
        && name.split('%').skip(1).all(is_escape)
}

/// Whether two hexadecimal digits follow each `%`.
fn has_whole_escapes(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::{base64, decode_base64, is_url_reference, join, percent_decoded};

    #[test]
    fn texts_in_urls() {
        for (encoded, text) in [
            ("", Some("")),
            ("YQ==", Some("a")),
            ("YWI=", Some("ab")),
            ("YWJj", Some("abc")),
            ("w6nigqw+", Some("é€>")),
            ("YQ", None),
            ("YQ=", None),
            ("Y===", None),
            ("YQ_-", None),
            ("/w==", None),
        ] {
            assert_eq!(
                base64(&format!("base64://{encoded}")).as_deref(),
                text,
                "{encoded}"
            );
        }
        assert_eq!(base64("YQ=="), None);
    }

    #[test]
    fn references_are_relative_to_their_base() {
        for (base, reference, url) in [
            ("schemas/a.json", "b.json", "schemas/b.json"),
            ("schemas/a.json", "./x/../b.json#/c", "schemas/b.json#/c"),
            ("schemas/a.json", "../b.json", "b.json"),
            ("a.json", "../b.json", "../b.json"),
            ("/s/a.json", "b.json", "/s/b.json"),
            ("a.json", "/b.json", "/b.json"),
            ("a.json", "#/x", "a.json#/x"),
            ("a.json", "file:///s/b.json", "/s/b.json"),
            ("https://e.org/s/a.json", "b.json", "https://e.org/s/b.json"),
            ("https://e.org/s/a.json", "/b.json", "https://e.org/b.json"),
            ("https://e.org", "b.json", "https://e.org/b.json"),
            ("https://e.org/a.json#", "#x", "https://e.org/a.json#x"),
            ("a.json", "http://e.org/b", "http://e.org/b"),
        ] {
            assert_eq!(join(base, reference), url, "{base} {reference}");
        }
        assert_eq!(percent_decoded("a%20b%zz%+%+1"), "a b%zz%+%+1");
    }

    #[test]
    fn base64_that_go_accepts() {
        for (text, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9v\nYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
            ("Zh==", "f"),
            ("Zm9=", "fo"),
        ] {
            assert_eq!(
                decode_base64(text).as_deref(),
                Some(bytes.as_bytes()),
                "{text}"
            );
        }
        assert_eq!(decode_base64("+/+/"), Some(vec![0xfb, 0xff, 0xbf]));
    }

    #[test]
    fn base64_that_go_refuses() {
        for text in [
            "Zg", "Zg=", "Zg===", "====", "Z===", "Zg==Zg==", "Z g=", "Zm9-", "Zm9_",
        ] {
            assert_eq!(decode_base64(text), None, "{text}");
        }
    }

    /// The results of `url.Parse` in Go 1.26.
    #[test]
    fn urls_that_go_accepts() {
        for text in [
            "",
            "#",
            "#a b",
            "{{ .Values.id }}",
            "customer v1",
            "<id>",
            "\\foo",
            "a/b:c",
            "b:c/d",
            "x:{h}",
            "x:%zz",
            "?%zz",
            "http:///a",
            "http://a/{b}",
            "https://example.com/id with space",
            "https://<your-domain>/x",
            "https://$PROJECT.ory.sh/x",
            "https://ex_ample.com",
            "https://user:p%40@h:80/x",
            "https://h:/x",
            "https://[fe80::1%25en0]:80/",
            "https://é.com/é",
            "https://%C3%A9.com",
            "///{a}",
        ] {
            assert!(is_url_reference(text), "{text}");
        }
    }

    #[test]
    fn urls_that_go_refuses() {
        for text in [
            ":x",
            "%zz",
            "#%zz",
            "a\u{1}b",
            "1:c",
            "a_b:c",
            "1http://x",
            "https://{domain}/x.json",
            "//{h}/x",
            "https://exa mple.com/x",
            "https://a|b",
            "https://a\\b",
            "https://%41.com",
            "https://a:b/x",
            "https://example.com:port/x",
            "https://us er@h",
            "https://us{er@h",
            "http://[::1",
            "http://[::1]x",
            "http://h/%z",
        ] {
            assert!(!is_url_reference(text), "{text}");
        }
    }
}
