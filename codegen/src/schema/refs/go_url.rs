//! Whether Go's `url.Parse`, with which Kratos checks each `$id` and `$ref`, accepts a text. Where versions of Go differ, it does.

use super::url;

/// Whether the text is a URL or a relative reference for Go.
pub(crate) fn is_url_reference(text: &str) -> bool {
    let (url, fragment) = url::split(text);
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
    use super::is_url_reference;

    /// The results of `url.Parse` in Go 1.26.
    #[test]
    fn what_go_takes() {
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
    fn what_go_refuses() {
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
