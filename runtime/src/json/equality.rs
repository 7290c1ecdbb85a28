//! Equality of JSON values: exact, or with the precision of a typed value.

use serde_json::Number;

use super::{Json, Kind};

/// Whether two values are the same JSON. Members may be in any order, and numbers are compared by their exact value, because
/// databases rewrite both. An opaque value is only equal to the same text.
pub(crate) fn json_eq(a: Option<&Json<'_>>, b: Option<&Json<'_>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => equal(a, b, &|a, b| a == b || Decimal::read(a) == Decimal::read(b)),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// A JSON number: its digits without leading and trailing zeros, and the power of ten.
#[derive(PartialEq, Eq)]
struct Decimal<'a> {
    negative: bool,
    digits: String,
    power: i64,
    /// The whole text, if an `i64` cannot hold the power.
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
            let after_the_point = length(fraction.len())?;
            power
                .checked_add(length(zeros)?)?
                .checked_sub(after_the_point)
        });
        Self {
            negative,
            digits: digits.to_owned(),
            power: power.unwrap_or_default(),
            beyond: power.is_none().then_some(text),
        }
    }
}

/// Whether a typed writer writes `new` for the stored value.
pub(crate) fn typed_eq(stored: &Json<'_>, new: &Json<'_>) -> bool {
    equal(stored, new, &typed_eq_numbers)
}

fn equal(a: &Json<'_>, b: &Json<'_>, numbers: &impl Fn(&str, &str) -> bool) -> bool {
    match (a.kind(), b.kind()) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Bool(a), Kind::Bool(b)) => a == b,
        (Kind::Number(a), Kind::Number(b)) => numbers(a, b),
        (Kind::String(a), Kind::String(b)) => a == b,
        (Kind::Array(a), Kind::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b, numbers))
        }
        (Kind::Object(a), Kind::Object(b)) => {
            let mut pairs = a.sorted().zip(b.sorted());
            a.len() == b.len() && pairs.all(|((a, x), (b, y))| a == b && equal(x, y, numbers))
        }
        (Kind::Opaque, Kind::Opaque) => a.text() == b.text(),
        _ => false,
    }
}

/// A new integer is exact; for a new `f64`, the stored number may have more digits.
fn typed_eq_numbers(stored: &str, new: &str) -> bool {
    if stored == new {
        return true;
    }
    let read = |text| serde_json::from_str::<Number>(text);
    let (Ok(before), Ok(after)) = (read(stored), read(new)) else {
        return false;
    };
    // Numbers are also compared by the texts that serde_json writes.
    if before == after || before.to_string() == new {
        return true;
    }
    let exact = 9_007_199_254_740_992_u64;
    match (before.is_f64(), after.is_f64()) {
        (false, false) => false,
        (true, false) => {
            let small = after.as_i64().is_some_and(|n| n.unsigned_abs() < exact);
            small && before.as_f64() == after.as_f64()
        }
        (_, true) => before.as_f64() == after.as_f64(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

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
            let (a, b) = (raw(a), raw(b));
            let values = (Json::read(&a), Json::read(&b));
            assert_eq!(
                json_eq(Some(&values.0), Some(&values.1)),
                expected,
                "{a} {b}"
            );
        }
        assert!(json_eq(None, None));
        assert!(!json_eq(None, Some(&Json::null())));
    }
}
