//! Whether two stored JSON texts say the same.

use serde_json::value::RawValue;

use crate::check::Json;
use crate::traits::tree::{Inside, Tree};

/// Equality of JSON: names in any order, and numbers by their exact value (`1.10` is `1.1`, but no digit
/// of a long number is rounded away). Databases write numbers and objects anew.
pub(crate) fn same(a: Option<&Tree<'_>>, b: Option<&Tree<'_>>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => equal(a, b),
        _ => false,
    }
}

fn equal(a: &Tree<'_>, b: &Tree<'_>) -> bool {
    match (&a.inside, &b.inside) {
        (Inside::Whole, Inside::Whole) => a.text() == b.text() || equal_scalars(a.raw(), b.raw()),
        (Inside::Items(a), Inside::Items(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Inside::Members(a), Inside::Members(b)) => {
            // Both are in the order of the names.
            let mut pairs = a.iter().zip(b);
            a.len() == b.len() && pairs.all(|((a, (_, x)), (b, (_, y)))| a == b && equal(x, y))
        }
        _ => false,
    }
}

/// What is too deep to be read is equal by its text only.
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
            let (raw_a, raw_b) = (raw(a), raw(b));
            let trees = (Tree::read(&raw_a), Tree::read(&raw_b));
            assert_eq!(same(Some(&trees.0), Some(&trees.1)), expected, "{a} {b}");
        }
        assert!(same(None, None));
        assert!(!same(None, Some(&Tree::read(RawValue::NULL))));
    }
}
