//! Points in time, as Kratos writes them.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A point in time of an answer, in RFC 3339 (`2026-01-31T10:00:00.5Z`).
///
/// The text is kept: one that cannot be read costs nothing but its [`time`](Self::time).
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text, as Kratos wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The point in time; `None` when the text is none, or one that the platform cannot count.
    pub fn time(&self) -> Option<SystemTime> {
        let time = OffsetDateTime::parse(&self.0, &Rfc3339).ok()?;
        let nanos = time.unix_timestamp_nanos();
        let seconds = u64::try_from(nanos.unsigned_abs() / 1_000_000_000).ok()?;
        let rest = u32::try_from(nanos.unsigned_abs() % 1_000_000_000).ok()?;
        let distance = Duration::new(seconds, rest);
        if nanos < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(text: &str) -> Option<u128> {
        let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok();
        let time = Timestamp(text.to_owned()).time().and_then(since);
        time.map(|since| since.as_millis())
    }

    #[test]
    fn what_go_writes_is_read() {
        for (text, expected) in [
            ("1970-01-01T00:00:01Z", 1_000),
            ("1970-01-01T00:00:01.25Z", 1_250),
            ("1970-01-01T02:00:01.123456789+02:00", 1_123),
        ] {
            assert_eq!(millis(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_has_none() {
        for text in ["", "yesterday", "1970-01-01", "1970-01-01T00:00:01"] {
            assert_eq!(Timestamp(text.to_owned()).time(), None, "{text}");
        }
        // Go's zero time; how far back a platform counts is its own matter.
        Timestamp("0001-01-01T00:00:00Z".to_owned()).time();
    }
}
