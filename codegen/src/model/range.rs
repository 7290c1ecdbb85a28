//! Which whole numbers the rules of a value leave.

use super::Plain;
use super::merged::{MergedSchema, written};
use crate::schema::{Keyword, Number, Schema, Value};

/// The whole numbers between two that are allowed; `None` where no rule ends them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    pub(super) least: Option<i128>,
    pub(super) most: Option<i128>,
}

impl Range {
    /// What all schemas of a value leave together.
    pub(super) fn of(merged: &MergedSchema<'_>) -> Self {
        let mut range = Self::default();
        for schema in &merged.certain {
            range.bounds(schema);
            for values in written(schema) {
                let numbers = values.iter().filter_map(|node| match node.value {
                    Value::Number(text) => Some(Number::read(text)),
                    _ => None,
                });
                let numbers: Vec<Number> = numbers.collect();
                if let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) {
                    range.from(least.ceil());
                    range.to(most.floor());
                }
            }
        }
        range
    }

    fn bounds(&mut self, schema: &Schema<'_>) {
        for rule in &schema.rules {
            let Value::Number(text) = rule.value.value else {
                continue;
            };
            self.bound(rule.keyword, &Number::read(text));
        }
    }

    /// What this keyword leaves; nothing changes if it is none for numbers.
    pub(super) fn bound(&mut self, keyword: Keyword, number: &Number) {
        match keyword {
            Keyword::Minimum => self.from(number.ceil()),
            Keyword::Maximum => self.to(number.floor()),
            Keyword::ExclusiveMinimum => self.from(number.floor().saturating_add(1)),
            Keyword::ExclusiveMaximum => self.to(number.ceil().saturating_sub(1)),
            _ => {}
        }
    }

    fn from(&mut self, least: i128) {
        self.least = Some(self.least.map_or(least, |other| other.max(least)));
    }

    fn to(&mut self, most: i128) {
        self.most = Some(self.most.map_or(most, |other| other.min(most)));
    }

    /// The type that holds every number in it, where a side without an end is taken to end with the type: `i64` if there is no rule.
    pub(super) fn plain(self) -> Plain {
        let small = i128::from(i64::MIN)..=i128::from(i64::MAX);
        let is_small = |bound: Option<i128>| bound.is_none_or(|bound| small.contains(&bound));
        let unsigned = 0..=i128::from(u64::MAX);
        let readable = i128::from(i64::MIN)..=i128::from(u64::MAX);
        // A JSON value of serde_json holds whole numbers of i64 and u64 only, and everything is read through one.
        let is_readable = |bound: Option<i128>| bound.is_none_or(|bound| readable.contains(&bound));
        if is_small(self.least) && is_small(self.most) {
            Plain::Integer
        } else if self.least.is_some_and(|least| unsigned.contains(&least))
            && self.most.is_none_or(|most| unsigned.contains(&most))
        {
            Plain::Unsigned
        } else if is_readable(self.least) && is_readable(self.most) {
            Plain::Wide
        } else {
            Plain::Any
        }
    }
}
