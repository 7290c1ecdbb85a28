//! `enum` and `const`: values that the schema writes out.

use std::collections::HashSet;

use super::facet::{Facet, written};
use crate::schema::{Found, Node, Value};

/// The strings that are allowed, if the schema writes them out.
pub(super) fn strings<'s>(facet: &Facet<'s>) -> Option<Vec<Found<&'s str>>> {
    let mut lists = lists(facet);
    let first = lists.next()?;
    let mut seen = HashSet::new();
    let mut values: Vec<Found<&'s str>> = first
        .filter_map(text)
        .filter(|found| seen.insert(found.value))
        .collect();
    for list in lists {
        let others: HashSet<&str> = list.filter_map(text).map(|found| found.value).collect();
        values.retain(|found| others.contains(found.value));
    }
    Some(values)
}

/// Whether every whole number that is written out fits; without any, all do.
pub(super) fn fits_i64(facet: &Facet<'_>) -> bool {
    // 2^63 is exact in f64; only a text such as `1.0` or `1e3` needs this road.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    lists(facet).flatten().all(|node| match node.value {
        Value::Number(text) if text.contains(['.', 'e', 'E']) => {
            text.parse::<f64>().is_ok_and(|value| value.abs() < LIMIT)
        }
        Value::Number(text) => text.parse::<i64>().is_ok(),
        _ => true,
    })
}

fn lists<'f, 's>(
    facet: &'f Facet<'s>,
) -> impl Iterator<Item = std::slice::Iter<'s, Node<'s>>> + 'f {
    facet
        .certain
        .iter()
        .flat_map(|schema| written(schema))
        .map(<[_]>::iter)
}

fn text<'s>(node: &'s Node<'s>) -> Option<Found<&'s str>> {
    match &node.value {
        Value::String(text) => Some(Found {
            spot: node.spot,
            value: text,
        }),
        _ => None,
    }
}
