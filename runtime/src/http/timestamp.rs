//! Points in time, as Kratos writes them.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::Deserialize;

/// A point in time, as Kratos writes it: RFC 3339, such as `2026-01-31T10:00:00.5Z`.
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text, as Kratos wrote it.
    ///
    /// ```
    /// use kratos_traits::Timestamp;
    ///
    /// let time: Timestamp = serde_json::from_str(r#""2026-01-31T10:00:00Z""#)?;
    /// assert_eq!(time.as_str(), "2026-01-31T10:00:00Z");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The point in time; `None` if the text is not RFC 3339, or the platform cannot represent the time.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use kratos_traits::Timestamp;
    ///
    /// let time: Timestamp = serde_json::from_str(r#""1970-01-01T00:00:05Z""#)?;
    /// assert_eq!(time.time(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(5)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn time(&self) -> Option<SystemTime> {
        let (seconds, nanos) = parse(&self.0)?;
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let whole = if seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(whole)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(whole)
        };
        whole?.checked_add(Duration::from_nanos(nanos))
    }
}

/// Reads `2026-01-31T10:00:00.5+01:00`: the seconds since 1970 in UTC, and the nanoseconds after them.
fn parse(text: &str) -> Option<(i64, u64)> {
    let (date, time) = text.split_at_checked(10)?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let time = time.strip_prefix(['T', 't'])?;
    let (clock, mut rest) = time.split_at_checked(8)?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    let mut nanos = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let end = fraction.find(|c: char| !c.is_ascii_digit())?;
        let digits = &fraction[..end.min(9)];
        nanos = digits.parse::<u64>().ok()? * 10_u64.pow(9 - digits.len() as u32);
        rest = &fraction[end..];
    }
    let offset = match rest.strip_prefix(['+', '-']) {
        Some(offset) => {
            let [hours, minutes] = numbers(offset, ':', [2, 2])?;
            let offset = hours * 3_600 + minutes * 60;
            let valid = hours < 24 && minutes < 60;
            valid.then_some(if rest.starts_with('-') {
                -offset
            } else {
                offset
            })?
        }
        None => matches!(rest, "Z" | "z").then_some(0)?,
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let valid = (1..=12).contains(&month) && (1..=days).contains(&day);
    if !valid || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Years begin in March, so that a leap day is the last day; `era` is 400 years. Source: "chrono-Compatible Low-Level Date
    // Algorithms" of H. Hinnant, `days_from_civil`.
    let year = year - i64::from(month < 3);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some((
        day * 86_400 + hour * 3_600 + minute * 60 + second - offset,
        nanos,
    ))
}

/// The numbers between separators, of these many digits each.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        let valid = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        *number = valid.then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(numbers)
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
            ("1969-12-31T22:30:01-01:30", 1_000),
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2024-12-31T23:59:59.9999999999Z", 1_735_689_599_999),
            ("2026-03-01T00:00:00z", 1_772_323_200_000),
            ("2100-03-01T00:00:00Z", 4_107_542_400_000),
        ] {
            assert_eq!(millis(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_has_none() {
        for text in [
            "",
            "yesterday",
            "1970-01-01",
            "1970-01-01T00:00:01",
            "1970-01-01T00:00:01.Z",
            "1970-01-01T00:00:01+1:00",
            "1970-01-01T24:00:00Z",
            "1970-13-01T00:00:00Z",
            "1970-00-01T00:00:00Z",
            "2100-02-29T00:00:00Z",
            "1970-01-01T00:00:01Z ",
            "1970-01-01T+1:00:01Z",
            "1970\u{e9}-01-01T00:00:01Z",
        ] {
            assert_eq!(Timestamp(text.to_owned()).time(), None, "{text}");
        }
        // Go's zero time; how far back a platform counts is its own matter.
        Timestamp("0001-01-01T00:00:00Z".to_owned()).time();
    }
}
