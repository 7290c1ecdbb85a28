//! Equality and order of values as Kratos sees them.

use std::cmp::Ordering;

use crate::json::{Json, Kind};

/// Whether two values are equal: numbers by value, so `1` equals `1.0`. `None` if it is unknown whether Kratos sees it so.
pub(super) fn same(a: &Json<'_>, b: &Json<'_>) -> Option<bool> {
    match (a.kind(), b.kind()) {
        (Kind::Opaque, _) | (_, Kind::Opaque) => None,
        (Kind::Null, Kind::Null) => Some(true),
        (Kind::Bool(a), Kind::Bool(b)) => Some(a == b),
        (Kind::String(a), Kind::String(b)) => Some(a == b),
        (Kind::Number(a), Kind::Number(b)) => compare(a, b).map(Ordering::is_eq),
        (Kind::Array(a), Kind::Array(b)) if a.len() == b.len() => {
            all(a.iter().zip(b).map(|(a, b)| same(a, b)))
        }
        (Kind::Object(a), Kind::Object(b)) if a.len() == b.len() => {
            all(a.sorted().map(|(name, a)| match b.get(name) {
                Some(b) => same(a, b),
                None => Some(false),
            }))
        }
        _ => Some(false),
    }
}

/// A part that is surely different makes the whole different; a part that is not known makes it unknown.
fn all(mut parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut sure = true;
    let differs = parts.any(|same| {
        sure &= same.is_some();
        same == Some(false)
    });
    match (differs, sure) {
        (true, _) => Some(false),
        (false, true) => Some(true),
        (false, false) => None,
    }
}

/// A text that is the same for all values that are surely equal, and for no others; `None` if a part is opaque.
pub(super) fn canonical(value: &Json<'_>) -> Option<String> {
    let mut text = String::new();
    write(value, &mut text)?;
    Some(text)
}

fn write(value: &Json<'_>, text: &mut String) -> Option<()> {
    match value.kind() {
        Kind::Opaque => return None,
        Kind::Null => text.push_str("null"),
        Kind::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Kind::Number(written) => match exact(written) {
            Some(number) => text.push_str(&number.to_string()),
            None => text.push_str(written),
        },
        Kind::String(value) => write_string(value, text),
        Kind::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text)?;
                text.push(',');
            }
            text.push(']');
        }
        Kind::Object(members) => {
            text.push('{');
            for (name, value) in members.sorted() {
                write_string(name, text);
                write(value, text)?;
                text.push(',');
            }
            text.push('}');
        }
    }
    Some(())
}

/// Writes the length first, so that the content cannot end the string.
fn write_string(value: &str, text: &mut String) {
    text.push('"');
    text.push_str(&value.len().to_string());
    text.push(':');
    text.push_str(value);
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
    use serde_json::value::RawValue;

    use super::*;

    fn equal(a: &str, b: &str) -> Option<bool> {
        let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
        let (a, b) = (raw(a), raw(b));
        same(&Json::read(&a), &Json::read(&b))
    }

    #[test]
    fn equality() {
        for (a, b, expected) in [
            ("1", "1.0", Some(true)),
            ("9007199254740992", "9007199254740993", Some(false)),
            ("[1,{\"a\":null}]", "[1,{\"a\":null}]", Some(true)),
            ("{\"a\":1,\"a\":2}", "{\"a\":2}", Some(true)),
            ("{\"a\":1}", "{\"b\":1}", Some(false)),
            ("[1]", "[1,2]", Some(false)),
            (r#"["a","b"]"#, r#"["a,\"1:b"]"#, Some(false)),
            (r#"["a","b"]"#, r#"["\u0061","b"]"#, Some(true)),
            (r#"{"a":"b"}"#, r#"{"a\"1:b":""}"#, Some(false)),
            ("\"1\"", "1", Some(false)),
            ("\"\\ud800\"", "\"x\"", Some(false)),
            ("\"\\ud800\"", "\"\\ufffd\"", Some(true)),
            ("[0.1,1e-999]", "[0.1,0]", None),
            ("[1e-999,1]", "[0,2]", Some(false)),
        ] {
            assert_eq!(equal(a, b), expected, "{a} {b}");
            assert_eq!(alike(a, b), expected == Some(true), "{a} {b}");
        }
    }

    /// Whether both have one canonical text.
    fn alike(a: &str, b: &str) -> bool {
        let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
        let (a, b) = (raw(a), raw(b));
        let text = canonical(&Json::read(&a));
        text.is_some() && text == canonical(&Json::read(&b))
    }

    #[test]
    fn numbers_are_alike_as_they_compare() {
        let texts = [
            "0",
            "-0",
            "0.0",
            "-0.0",
            "1",
            "1.0",
            "1.00",
            "1e0",
            "0.1",
            "0.10",
            "1e999",
            "1e1000",
            "999999999999999",
            "999999999999999.0",
            "9007199254740993",
            "9007199254740993.0",
            "18446744073709551615",
            "-18446744073709551615",
            "36893488147419103232",
            "36893488147419103232.0",
        ];
        for a in texts {
            for b in texts {
                assert_eq!(alike(a, b), equal(a, b) == Some(true), "{a} {b}");
            }
        }
    }

    #[test]
    fn a_value_that_is_nested_too_deeply_is_unknown() {
        let deep = format!("{}{}", "[".repeat(9_999), "]".repeat(9_999));
        assert_eq!(equal(&deep, &deep), None);
    }

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
