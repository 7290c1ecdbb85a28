//! JSON numbers as they are written: compared exactly, however many digits they have.

use std::cmp::Ordering;

/// A number as `0.DIGITS` times ten to a power; the digits neither begin nor end with a zero, and zero has none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Number {
    is_negative: bool,
    digits: String,
    power: i64,
}

impl Number {
    /// Reads the text of a JSON number.
    pub(crate) fn read(text: &str) -> Self {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (digits, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{fraction}");
        let kept = all.trim_start_matches('0');
        let zeros = all.len() - kept.len();
        let digits = kept.trim_end_matches('0');
        if digits.is_empty() {
            return Self {
                is_negative: false,
                digits: String::new(),
                power: 0,
            };
        }
        // A power outside `i64` is larger or smaller than every number that it is compared with.
        let is_small = power.starts_with('-');
        let power = power
            .parse()
            .unwrap_or(if is_small { i64::MIN / 2 } else { i64::MAX / 2 });
        let point = i64::try_from(whole.len()).unwrap_or(i64::MAX / 4)
            - i64::try_from(zeros).unwrap_or(i64::MAX / 4);
        Self {
            is_negative,
            digits: digits.to_owned(),
            power: point.saturating_add(power),
        }
    }

    /// The number of digits, without zeros at the beginning and the end.
    pub(crate) fn digits(&self) -> usize {
        self.digits.len()
    }

    /// The largest whole number that is not above this one, limited to `i128`.
    pub(crate) fn floor(&self) -> i128 {
        let (whole, has_rest) = self.truncated();
        match (self.is_negative, has_rest) {
            (false, _) => whole,
            (true, false) => -whole,
            (true, true) => (-whole).saturating_sub(1),
        }
    }

    /// The smallest whole number that is not below this one, limited to `i128`.
    pub(crate) fn ceil(&self) -> i128 {
        let (whole, has_rest) = self.truncated();
        match (self.is_negative, has_rest) {
            (true, _) => -whole,
            (false, false) => whole,
            (false, true) => whole.saturating_add(1),
        }
    }

    /// The digits before the point, without the sign, and whether there are others after it.
    fn truncated(&self) -> (i128, bool) {
        if self.power <= 0 {
            return (0, !self.digits.is_empty());
        }
        let places = usize::try_from(self.power).unwrap_or(usize::MAX);
        let has_rest = self.digits.len() > places;
        // i128 has 39 digits.
        if places > 40 {
            return (i128::MAX, has_rest);
        }
        let whole: String = self.digits.chars().take(places).collect();
        let zeros = "0".repeat(places.saturating_sub(self.digits.len()));
        let whole = format!("{whole}{zeros}").parse();
        (whole.unwrap_or(i128::MAX), has_rest)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |one: &Self| match (one.digits.is_empty(), one.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let (ours, theirs) = (sign(self), sign(other));
        let size = || (self.power, &self.digits).cmp(&(other.power, &other.digits));
        ours.cmp(&theirs).then_with(|| match ours {
            0 => Ordering::Equal,
            1 => size(),
            _ => size().reverse(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Number;
    use std::cmp::Ordering;

    #[test]
    fn order_is_exact() {
        let sorted = [
            "-1e99999999999999999999",
            "-1e2",
            "-99.9",
            "-1",
            "-1e-99999999999999999999",
            "0",
            "1e-3",
            "0.0011",
            "1",
            "1.0000000000000000000001",
            "9.9",
            "10",
            "18446744073709551615",
            "18446744073709551616",
            "1e20",
        ];
        for (at, one) in sorted.iter().enumerate() {
            for (other_at, other) in sorted.iter().enumerate() {
                let found = Number::read(one).cmp(&Number::read(other));
                assert_eq!(found, at.cmp(&other_at), "{one} {other}");
            }
        }
        for (one, other) in [
            ("1", "1.0"),
            ("1", "10e-1"),
            ("100", "1E+2"),
            ("0", "-0.0e5"),
        ] {
            let found = Number::read(one).cmp(&Number::read(other));
            assert_eq!(found, Ordering::Equal, "{one} {other}");
        }
    }

    #[test]
    fn whole_numbers_around() {
        for (text, floor, ceil) in [
            ("0", 0, 0),
            ("0.5", 0, 1),
            ("-0.5", -1, 0),
            ("1.5", 1, 2),
            ("-1.5", -2, -1),
            ("1e3", 1000, 1000),
            ("12.34e1", 123, 124),
            (
                "9223372036854775808",
                9_223_372_036_854_775_808,
                9_223_372_036_854_775_808,
            ),
            ("1e400", i128::MAX, i128::MAX),
            ("-1e400", -i128::MAX, -i128::MAX),
        ] {
            let number = Number::read(text);
            assert_eq!((number.floor(), number.ceil()), (floor, ceil), "{text}");
        }
    }
}
