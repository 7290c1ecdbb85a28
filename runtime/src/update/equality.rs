//! Equality of JSON values: exact, or with the precision of a typed value.

#[cfg(feature = "flow")]
use crate::check::Json;
use crate::traits::string::decoded;
use crate::traits::tree::{Inside, Tree};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

/// Whether two values are the same JSON. Members may be in any order, and numbers are compared by their exact value, because
/// databases rewrite both.
#[cfg(feature = "flow")]
pub(crate) fn json_eq(a: Option<&Tree<'_>>, b: Option<&Tree<'_>>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => equal(a, b),
        _ => false,
    }
}

#[cfg(feature = "flow")]
fn equal(a: &Tree<'_>, b: &Tree<'_>) -> bool {
    match (&a.inside, &b.inside) {
        (Inside::Whole, Inside::Whole) => a.text() == b.text() || equal_scalars(a.raw(), b.raw()),
        (Inside::Items(a), Inside::Items(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Inside::Members(a), Inside::Members(b)) => {
            // Both are sorted by name.
            let mut pairs = a.iter().zip(b);
            a.len() == b.len() && pairs.all(|((a, (_, x)), (b, (_, y)))| a == b && equal(x, y))
        }
        _ => false,
    }
}

/// A value that is nested too deeply is only equal to the same text.
#[cfg(feature = "flow")]
fn equal_scalars(a: &RawValue, b: &RawValue) -> bool {
    if a.get().starts_with(['{', '[']) || b.get().starts_with(['{', '[']) {
        return false;
    }
    match (Json::read(a), Json::read(b)) {
        (Json::String(a), Json::String(b)) => a == b,
        (Json::Number(a), Json::Number(b)) => Decimal::read(a) == Decimal::read(b),
        _ => false,
    }
}

/// An exact JSON number: its digits without leading and trailing zeros, and the power of ten.
#[cfg(feature = "flow")]
#[derive(PartialEq, Eq)]
struct Decimal<'a> {
    negative: bool,
    digits: String,
    power: i64,
    /// The whole text, if an `i64` cannot hold the power.
    beyond: Option<&'a str>,
}

#[cfg(feature = "flow")]
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

/// Whether a typed writer writes `new` for the stored value.
pub(super) fn typed_eq(stored: &Tree<'_>, new: &Tree<'_>) -> bool {
    match (&stored.inside, &new.inside) {
        (Inside::Members(stored), Inside::Members(new)) => {
            let mut pairs = stored.iter().zip(new);
            stored.len() == new.len()
                && pairs
                    .all(|((a, (_, before)), (b, (_, after)))| a == b && typed_eq(before, after))
        }
        (Inside::Items(stored), Inside::Items(new)) => {
            let mut pairs = stored.iter().zip(new);
            stored.len() == new.len() && pairs.all(|(before, after)| typed_eq(before, after))
        }
        _ => typed_eq_scalars(stored.raw(), new.raw()),
    }
}

fn typed_eq_scalars(stored: &RawValue, new: &RawValue) -> bool {
    if stored.get() == new.get() {
        return true;
    }
    if stored.get().starts_with('"') && new.get().starts_with('"') {
        return decoded(stored.get()) == decoded(new.get());
    }
    let read = |raw: &RawValue| serde_json::from_str(raw.get());
    match (read(stored), read(new)) {
        (Ok(Value::Number(before)), Ok(Value::Number(after))) => {
            // Numbers are also compared by the texts that serde_json writes.
            typed_eq_numbers(&before, &after) || before.to_string() == new.get()
        }
        (Ok(before), Ok(after)) => before == after,
        _ => false,
    }
}

/// A new integer is exact; for a new `f64`, the stored number may have more digits.
fn typed_eq_numbers(stored: &Number, new: &Number) -> bool {
    if stored == new {
        return true;
    }
    let exact = 9_007_199_254_740_992_u64;
    match (stored.is_f64(), new.is_f64()) {
        (false, false) => false,
        (true, false) => {
            let small = new.as_i64().is_some_and(|n| n.unsigned_abs() < exact);
            small && stored.as_f64() == new.as_f64()
        }
        (_, true) => stored.as_f64() == new.as_f64(),
    }
}

#[cfg(all(test, feature = "flow"))]
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
            let (raw_a, raw_b) = (raw(a), raw(b));
            let trees = (Tree::read(&raw_a), Tree::read(&raw_b));
            assert_eq!(json_eq(Some(&trees.0), Some(&trees.1)), expected, "{a} {b}");
        }
        assert!(json_eq(None, None));
        assert!(!json_eq(None, Some(&Tree::read(RawValue::NULL))));
    }
}
