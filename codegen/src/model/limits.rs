//! The limits of numbers.

use super::Plain;
use super::merge::MergedSchema;
use crate::schema::{Keyword, Number, Value};

/// A limit of numbers.
pub(super) struct Limit<'s> {
    pub(super) keyword: Keyword,
    pub(super) text: &'s str,
    pub(super) number: Number,
}

impl Limit<'_> {
    pub(super) fn is_lower(&self) -> bool {
        matches!(self.keyword, Keyword::Minimum | Keyword::ExclusiveMinimum)
    }

    pub(super) fn allows(&self, number: &Number) -> bool {
        match self.keyword {
            Keyword::Minimum => *number >= self.number,
            Keyword::ExclusiveMinimum => *number > self.number,
            Keyword::Maximum => *number <= self.number,
            _ => *number < self.number,
        }
    }

    /// The first or last whole number that it allows.
    pub(super) fn whole(&self) -> i128 {
        match self.keyword {
            Keyword::Minimum => self.number.ceil(),
            Keyword::ExclusiveMinimum => self.number.floor().saturating_add(1),
            Keyword::Maximum => self.number.floor(),
            _ => self.number.ceil().saturating_sub(1),
        }
    }
}

/// The limits of a value.
pub(super) fn limits<'s>(merged: &MergedSchema<'s>) -> Vec<Limit<'s>> {
    const KEYWORDS: [Keyword; 4] = [
        Keyword::Minimum,
        Keyword::ExclusiveMinimum,
        Keyword::Maximum,
        Keyword::ExclusiveMaximum,
    ];
    let rules = merged.certain.iter().flat_map(|schema| &schema.rules);
    let rules = rules.filter(|rule| KEYWORDS.contains(&rule.keyword));
    let limits = rules.filter_map(|rule| {
        let text = rule.number(rule.keyword)?;
        Some(Limit {
            keyword: rule.keyword,
            text,
            number: Number::read(text),
        })
    });
    limits.collect()
}

/// The type that contains every whole number that the limits and the values in `enum` allow. A side without a limit ends with the type:
/// `i64` if there are no limits.
pub(super) fn integer_type(merged: &MergedSchema<'_>) -> Plain {
    let (lower, upper): (Vec<_>, Vec<_>) = limits(merged).into_iter().partition(Limit::is_lower);
    let mut lower: Vec<i128> = lower.iter().map(Limit::whole).collect();
    let mut upper: Vec<i128> = upper.iter().map(Limit::whole).collect();
    for values in merged.value_lists() {
        let numbers = values.iter().filter_map(|node| match node.value {
            Value::Number(text) => Some(Number::read(text)),
            _ => None,
        });
        let numbers: Vec<Number> = numbers.collect();
        lower.extend(numbers.iter().min().map(Number::ceil));
        upper.extend(numbers.iter().max().map(Number::floor));
    }
    let (least, most) = (lower.into_iter().max(), upper.into_iter().min());
    let (small, large) = (i128::from(i64::MIN), i128::from(u64::MAX));
    let is_in = |first: i128, last: i128, limit: Option<i128>| {
        limit.is_none_or(|limit| (first..=last).contains(&limit))
    };
    let are_in = |first, last| is_in(first, last, least) && is_in(first, last, most);
    if are_in(small, i128::from(i64::MAX)) {
        Plain::Integer
    } else if least.is_some() && are_in(0, large) {
        Plain::Unsigned
    } else if are_in(small, large) {
        // serde_json's `Value`, through which everything is read, has whole numbers of i64 and u64 only.
        Plain::Wide
    } else {
        Plain::Any
    }
}
