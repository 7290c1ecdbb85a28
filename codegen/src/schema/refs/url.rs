//! URLs and file paths in `$ref` and `$id`, as text.

use std::borrow::Cow;

use super::base64;

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

pub(super) fn has_scheme(url: &str) -> bool {
    url.find(':').is_some_and(|colon| {
        colon > 1
            && url[..colon]
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    })
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
    String::from_utf8(base64::decode(encoded)?).ok()
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

#[cfg(test)]
mod tests {
    use super::{base64, join, percent_decoded};

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
    fn references_are_seen_from_their_base() {
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
}
