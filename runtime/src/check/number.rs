//! The keywords for numbers, and the comparison of numbers by their text.

use std::cmp::Ordering;

use serde_json::json;

use super::Check;
use crate::json::Json;
use crate::json::path::TraitPath;
use crate::problem::MessageId;

/// One side on which numbers end.
struct Side {
    keyword: &'static str,
    exclusive: &'static str,
    beyond: Ordering,
    ids: [MessageId; 2],
    signs: [&'static str; 2],
}

const SIDES: [Side; 2] = [
    Side {
        keyword: "minimum",
        exclusive: "exclusiveMinimum",
        beyond: Ordering::Less,
        ids: [MessageId::MINIMUM, MessageId::EXCLUSIVE_MINIMUM],
        signs: [">=", ">"],
    },
    Side {
        keyword: "maximum",
        exclusive: "exclusiveMaximum",
        beyond: Ordering::Greater,
        ids: [MessageId::MAXIMUM, MessageId::EXCLUSIVE_MAXIMUM],
        signs: ["<=", "<"],
    },
];

impl Check<'_> {
    pub(super) fn number(&mut self, rules: &Json<'_>, number: &str, path: &TraitPath) {
        let bound = |keyword| rules.get(keyword).and_then(Json::as_number);
        for side in &SIDES {
            for (strict, keyword) in [(0, side.keyword), (1, side.exclusive)] {
                let Some(bound) = bound(keyword) else {
                    continue;
                };
                let order = compare(number, bound);
                let on_it = strict == 1 && order == Some(Ordering::Equal);
                if order == Some(side.beyond) || on_it {
                    let (sign, keyword) = (side.signs[strict], side.keyword);
                    self.report(
                        path,
                        side.ids[strict],
                        format!("must be {sign} {bound} but found {number}"),
                        json!({ keyword: context_number(bound), "actual": context_number(number) }),
                    );
                }
            }
        }
        if let Some(base) = bound("multipleOf")
            && surely_no_multiple(number, base)
        {
            self.report(
                path,
                MessageId::MULTIPLE_OF,
                format!("{number} not multipleOf {base}"),
                json!({ "base": context_number(base), "actual": context_number(number) }),
            );
        }
    }
}

/// Of integers only: Kratos divides with 64 bits, which is exact for them and for nothing else.
fn surely_no_multiple(number: &str, base: &str) -> bool {
    match (number.parse::<i64>(), base.parse::<i64>()) {
        (Ok(number), Ok(base)) => number.checked_rem(base).is_some_and(|rest| rest != 0),
        _ => false,
    }
}

/// A number as a member of a message's context; its text if a `Value` cannot hold it.
fn context_number(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|_| serde_json::Value::from(text))
}

/// Compares two numbers; `None` where Kratos might see another order: it rounds to 64 bits, an `f64` to 53.
pub(super) fn compare(a: &str, b: &str) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (whole(a), whole(b)) {
        return Some(a.cmp(&b));
    }
    if a == b {
        return Some(Ordering::Equal);
    }
    let (x, y): (f64, f64) = (a.parse().ok()?, b.parse().ok()?);
    let order = x.partial_cmp(&y)?;
    let between = match order {
        Ordering::Less => x.next_up() < y,
        Ordering::Greater => y.next_up() < x,
        // Different texts may differ where an `f64` does not.
        Ordering::Equal => is_exact(a) && is_exact(b),
    };
    between.then_some(order)
}

/// The integer that the number surely is, in any notation.
pub(super) fn exact(text: &str) -> Option<i128> {
    whole(text).or_else(|| {
        let (digits, _) = text.split_once('.').filter(|_| is_exact(text))?;
        whole(digits)
    })
}

/// Whether the number is written as an integer, as Kratos demands: `1.0` and `1e2` are not.
pub(super) fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// An integer that 64 bits hold.
fn whole(text: &str) -> Option<i128> {
    const MOST: i128 = u64::MAX as i128;
    let number: i128 = text.parse().ok()?;
    (-MOST..=MOST).contains(&number).then_some(number)
}

/// Whether it is a small integer in any notation: an `f64` holds it exactly.
fn is_exact(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, fraction)| {
        if fraction.bytes().all(|byte| byte == b'0') {
            whole
        } else {
            ""
        }
    });
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_orders() {
        for (a, b, order) in [
            ("1", "2", Ordering::Less),
            ("-0", "0", Ordering::Equal),
            ("1", "1.0", Ordering::Equal),
            ("2.5", "3", Ordering::Less),
            ("0.1", "0.1", Ordering::Equal),
            ("9007199254740992", "9007199254740993", Ordering::Less),
            (
                "18446744073709551615",
                "18446744073709551614",
                Ordering::Greater,
            ),
            ("1e999", "3", Ordering::Greater),
            ("-1e999", "3", Ordering::Less),
        ] {
            assert_eq!(compare(a, b), Some(order), "{a} {b}");
        }
    }

    #[test]
    fn unsure_orders() {
        for (a, b) in [
            ("0.1", "0.10000000000000000001"),
            ("9007199254740993.0", "9007199254740992"),
            ("1e999", "1e1000"),
            ("1e-999", "0"),
            ("36893488147419103232", "36893488147419103233"),
            ("1e2", "100"),
        ] {
            assert_eq!(compare(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn integers() {
        for text in ["0", "-0", "12", "123456789012345678901234567890"] {
            assert!(is_integer(text), "{text}");
        }
        for text in ["1.0", "1e2", "-0.0", "1E2"] {
            assert!(!is_integer(text), "{text}");
        }
    }
}
