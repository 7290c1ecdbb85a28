//! Whether two stored JSON texts say the same.

use serde_json::value::RawValue;

use crate::check::Json;

/// Equality of JSON: names in any order, and numbers by their exact value (`1.10` is `1.1`, but no digit
/// of a long number is rounded away). Databases write numbers and objects anew.
pub(crate) fn same(a: Option<&RawValue>, b: Option<&RawValue>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => a.get() == b.get() || equal(&Json::read(a), &Json::read(b)),
        _ => false,
    }
}

fn equal(a: &Json<'_>, b: &Json<'_>) -> bool {
    match (a, b) {
        (Json::Null, Json::Null) => true,
        (Json::Bool(a), Json::Bool(b)) => a == b,
        (Json::String(a), Json::String(b)) => a == b,
        (Json::Number(a), Json::Number(b)) => a == b || Decimal::read(a) == Decimal::read(b),
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            let mut members = a.iter();
            a.len() == b.len() && members.all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
        }
        // What is not judged is equal by its text only.
        _ => false,
    }
}

/// A JSON number to the last digit: its digits without zeros around them, and the power of ten.
#[derive(PartialEq, Eq)]
struct Decimal<'a> {
    negative: bool,
    digits: String,
    power: i64,
    /// Of a power that no `i64` holds, the whole text.
    beyond: Option<&'a str>,
}

impl<'a> Decimal<'a> {
    fn read(text: &'a str) -> Self {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0').trim_end_matches('0');
        if digits.is_empty() {
            return Self {
                negative: false,
                digits: String::new(),
                power: 0,
                beyond: None,
            };
        }
        let zeros = all.len() - all.trim_end_matches('0').len();
        let length = |n: usize| i64::try_from(n).ok();
        let power = power.parse::<i64>().ok().and_then(|power| {
            let behind_the_point = length(fraction.len())?;
            power
                .checked_add(length(zeros)?)?
                .checked_sub(behind_the_point)
        });
        Self {
            negative,
            digits: digits.to_owned(),
            power: power.unwrap_or_default(),
            beyond: power.is_none().then_some(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equality() {
        for (a, b, expected) in [
            ("1.10", "1.1", true),
            ("1e2", "100", true),
            ("-0", "0.000", true),
            ("-1", "1", false),
            ("12.5E-1", "1.25", true),
            ("0.1", "0.10000000000000000001", false),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567891",
                false,
            ),
            ("1e99999999999999999999", "1E99999999999999999999", false),
            ("\"\\u0061\"", "\"a\"", true),
            ("{\"a\":1,\"b\":[null]}", "{\"b\":[null],\"a\":1.0}", true),
            ("{\"a\":1}", "{\"a\":1,\"b\":2}", false),
            ("[1,2]", "[2,1]", false),
            ("\"1\"", "1", false),
        ] {
            let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
            assert_eq!(same(Some(&raw(a)), Some(&raw(b))), expected, "{a} {b}");
        }
        assert!(same(None, None));
        assert!(!same(None, Some(RawValue::NULL)));
    }
}
