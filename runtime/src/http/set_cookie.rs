//! One header `Set-Cookie`, as far as it matters between two requests (RFC 6265, section 5.2).

use std::time::SystemTime;

use http::HeaderValue;

/// A cookie that the server sets, or takes away.
#[derive(Debug)]
pub(crate) struct SetCookie<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a [u8],
    /// `Domain` and `Path`: cookies that differ in them are two.
    pub(crate) place: [Option<&'a str>; 2],
    pub(crate) deletes: bool,
}

impl<'a> SetCookie<'a> {
    /// Reads a header of an answer that was sent at `date`; `None` when it sets no cookie.
    pub(crate) fn read(header: &'a HeaderValue, date: Option<SystemTime>) -> Option<Self> {
        let mut parts = header.as_bytes().split(|byte| *byte == b';');
        let pair = parts.next()?;
        let at = pair.iter().position(|byte| *byte == b'=')?;
        let name = std::str::from_utf8(&pair[..at]).ok()?.trim();
        if name.is_empty() {
            return None;
        }
        let (mut place, mut max_age, mut expires) = ([None; 2], None, None);
        for attribute in parts.filter_map(|part| std::str::from_utf8(part).ok()) {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            let (key, value) = (key.trim(), value.trim());
            if key.eq_ignore_ascii_case("domain") {
                place[0] = Some(value);
            } else if key.eq_ignore_ascii_case("path") {
                place[1] = Some(value);
            } else if key.eq_ignore_ascii_case("max-age") {
                max_age = value.parse::<i64>().ok();
            } else if key.eq_ignore_ascii_case("expires") {
                expires = httpdate::parse_http_date(value).ok();
            }
        }
        // The server's own date, for there is no clock in `wasm32-unknown-unknown`.
        let now = date.unwrap_or(SystemTime::UNIX_EPOCH);
        Some(Self {
            name,
            value: pair[at + 1..].trim_ascii(),
            place,
            deletes: match max_age {
                Some(seconds) => seconds <= 0,
                None => expires.is_some_and(|expires| expires <= now),
            },
        })
    }

    /// Whether a browser would let one take the place of the other.
    pub(crate) fn is_same(&self, other: &SetCookie<'_>) -> bool {
        self.name == other.name && self.place == other.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deletes(attributes: &str) -> bool {
        let header = HeaderValue::from_str(&format!("a=b; Path=/; {attributes}")).unwrap();
        let date = httpdate::parse_http_date("Sun, 22 Nov 2026 12:00:00 GMT").unwrap();
        SetCookie::read(&header, Some(date)).unwrap().deletes
    }

    #[test]
    fn what_takes_a_cookie_away() {
        assert!(deletes("Max-Age=0; HttpOnly"));
        assert!(deletes("max-age=-1"));
        assert!(deletes("Expires=Thu, 01 Jan 1970 00:00:01 GMT"));
        assert!(deletes("expires=Sun, 22 Nov 2026 11:59:59 GMT"));
    }

    #[test]
    fn what_sets_one() {
        assert!(!deletes("HttpOnly; SameSite=Lax"));
        assert!(!deletes("Expires=Sun, 22 Nov 2026 12:00:01 GMT"));
        assert!(!deletes("Expires=soon"));
        // `Max-Age` has the last word.
        assert!(!deletes("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=5"));
    }

    #[test]
    fn what_sets_none() {
        for text in ["", "a", "=b", "; Path=/"] {
            let header = HeaderValue::from_static(text);
            assert!(SetCookie::read(&header, None).is_none(), "{text}");
        }
    }
}
