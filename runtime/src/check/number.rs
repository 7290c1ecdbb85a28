//! The rules for numbers: bounds and multiples.

use std::cmp::Ordering;

use serde_json::{Number, Value, json};

use super::note;
use crate::problem::{MessageId, Problem};
use crate::traits::path::TraitPath;

pub(super) fn check(rules: &Value, number: &Number, path: &TraitPath, found: &mut Vec<Problem>) {
    for (keyword, id, refused, says) in [
        ("minimum", MessageId::MINIMUM, &[Ordering::Less][..], ">="),
        (
            "exclusiveMinimum",
            MessageId::EXCLUSIVE_MINIMUM,
            &[Ordering::Less, Ordering::Equal],
            ">",
        ),
        ("maximum", MessageId::MAXIMUM, &[Ordering::Greater], "<="),
        (
            "exclusiveMaximum",
            MessageId::EXCLUSIVE_MAXIMUM,
            &[Ordering::Greater, Ordering::Equal],
            "<",
        ),
    ] {
        let Some(Value::Number(bound)) = rules.get(keyword) else {
            continue;
        };
        if compare(number, bound).is_some_and(|order| refused.contains(&order)) {
            let side = if keyword.ends_with("inimum") {
                "minimum"
            } else {
                "maximum"
            };
            note(
                found,
                path,
                id,
                format!("must be {says} {bound} but found {number}"),
                json!({ side: bound, "actual": number }),
            );
        }
    }
    if let Some(base) = rules.get("multipleOf").and_then(Value::as_i64)
        && let Some(whole) = number.as_i64()
        && base != 0
        && whole % base != 0
    {
        note(
            found,
            path,
            MessageId::MULTIPLE_OF,
            format!("{number} not multipleOf {base}"),
            json!({ "base": base, "actual": number }),
        );
    }
}

/// Exact for whole numbers; `None` where an `f64` cannot tell.
fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (whole(a), whole(b)) {
        return Some(a.cmp(&b));
    }
    a.as_f64()?.partial_cmp(&b.as_f64()?)
}

fn whole(number: &Number) -> Option<i128> {
    number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from))
}
