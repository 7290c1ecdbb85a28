//! Points in time in Kratos's format. The fake only shows them; no decision depends on them.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Serialize, Serializer};

/// A point in time, in RFC 3339.
#[derive(Clone, Copy)]
pub(super) struct Time(SystemTime);

impl Time {
    pub(super) fn now() -> Self {
        Self(SystemTime::now())
    }

    pub(super) fn after(self, span: Duration) -> Self {
        Self(self.0 + span)
    }

    pub(super) fn before(self, span: Duration) -> Self {
        Self(self.0 - span)
    }

    /// The time since then; zero for a time in the future.
    pub(super) fn ago(self) -> Duration {
        self.0.elapsed().unwrap_or_default()
    }

    /// The minutes since then, in the format of Kratos's messages.
    pub(super) fn minutes_ago(self) -> String {
        format!("{:.2}", self.ago().as_secs_f64() / 60.0)
    }

    pub(super) fn unix(self) -> u64 {
        self.since_epoch().as_secs()
    }

    fn since_epoch(self) -> Duration {
        self.0.duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.since_epoch();
        let (year, month, day) = date(since.as_secs() / 86_400);
        let second = since.as_secs() % 86_400;
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:09}Z",
            second / 3_600,
            second / 60 % 60,
            second % 60,
            since.subsec_nanos()
        )
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The Gregorian date of a day, counted from 1970-01-01.
fn date(mut day: u64) -> (u64, usize, u64) {
    let mut year = 1970;
    loop {
        let days = if is_leap(year) { 366 } else { 365 };
        if day < days {
            break;
        }
        day -= days;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for days in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < days {
            break;
        }
        day -= days;
        month += 1;
    }
    (year, month, day + 1)
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(seconds: u64) -> String {
        Time(UNIX_EPOCH + Duration::from_secs(seconds)).to_string()
    }

    #[test]
    fn dates_are_written_in_rfc_3339() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00.000000000Z"),
            (951_782_400, "2000-02-29T00:00:00.000000000Z"),
            (1_735_689_599, "2024-12-31T23:59:59.000000000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.000000000Z"),
        ] {
            assert_eq!(written(seconds), text);
        }
    }
}
