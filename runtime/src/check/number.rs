//! The rules for numbers: bounds and multiples.

use std::cmp::Ordering;

use serde_json::json;

use super::decimal;
use super::found::Found;
use super::json::{self, Json};
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

pub(super) fn check(rules: &Json<'_>, number: &str, path: &TraitPath, found: &mut Found) {
    let bound = |keyword| rules.get(keyword).and_then(Json::as_number);
    for side in &SIDES {
        for (strict, keyword) in [(0, side.keyword), (1, side.exclusive)] {
            let Some(bound) = bound(keyword) else {
                continue;
            };
            let order = decimal::compare(number, bound);
            let on_it = strict == 1 && order == Some(Ordering::Equal);
            if order == Some(side.beyond) || on_it {
                let (sign, keyword) = (side.signs[strict], side.keyword);
                found.note(
                    path,
                    side.ids[strict],
                    format!("must be {sign} {bound} but found {number}"),
                    json!({ keyword: json::number(bound), "actual": json::number(number) }),
                );
            }
        }
    }
    if let Some(base) = bound("multipleOf")
        && surely_no_multiple(number, base)
    {
        found.note(
            path,
            MessageId::MULTIPLE_OF,
            format!("{number} not multipleOf {base}"),
            json!({ "base": json::number(base), "actual": json::number(number) }),
        );
    }
}

/// Of integers only: Kratos divides with 64 bits, which is exact for them and for nothing else.
fn surely_no_multiple(number: &str, base: &str) -> bool {
    match (number.parse::<i64>(), base.parse::<i64>()) {
        (Ok(number), Ok(base)) => number.checked_rem(base).is_some_and(|rest| rest != 0),
        _ => false,
    }
}
