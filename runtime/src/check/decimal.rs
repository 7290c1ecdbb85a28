//! Comparing numbers by their text, without saying more than is sure.

use std::cmp::Ordering;

/// `None` where Kratos might see another order: it rounds to 64 bits, an `f64` to 53.
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
        // Written differently, the two may differ where an `f64` does not see it.
        Ordering::Equal => is_exact(a) && is_exact(b),
    };
    between.then_some(order)
}

/// The integer that the number surely is, however it is written; two of one are equal.
pub(super) fn exact(text: &str) -> Option<i128> {
    whole(text).or_else(|| {
        let (digits, _) = text.split_once('.').filter(|_| is_exact(text))?;
        whole(digits)
    })
}

/// Whether the text is that of an integer, which is what Kratos asks: `1.0` and `1e2` are none.
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

/// Whether the text is a small whole number, however it is written: an `f64` holds it exactly.
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
