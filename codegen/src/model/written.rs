//! `enum` and `const`: values that the schema writes out.

use std::collections::HashSet;

use super::merged::{MergedSchema, written};
use crate::schema::{Found, Kinds, Node, SubSchema, Types, Value};

/// The strings that are allowed, if the schema writes them out.
pub(super) fn strings<'s>(merged: &MergedSchema<'s>) -> Option<Vec<Found<&'s str>>> {
    let own = lists(merged).map(|list| list.filter_map(text).collect());
    let branches = merged
        .certain
        .iter()
        .flat_map(|schema| &schema.alternatives);
    let mut all = own.chain(branches.filter_map(|group| of_branches(group)));
    let mut values: Vec<Found<&'s str>> = all.next()?;
    let mut seen = HashSet::new();
    values.retain(|found| seen.insert(found.value));
    for list in all {
        let others: HashSet<&str> = list.iter().map(|found| found.value).collect();
        values.retain(|found| others.contains(found.value));
    }
    Some(values)
}

/// The strings of `anyOf` or `oneOf`, if every branch but those for null writes out its own.
fn of_branches<'s>(group: &'s [SubSchema<'s>]) -> Option<Vec<Found<&'s str>>> {
    let mut values = Vec::new();
    for branch in group {
        let SubSchema::Schema(schema) = branch else {
            return None;
        };
        let mut lists = written(schema);
        match (lists.next(), schema.types.map(|found| found.value)) {
            (Some(list), _) => values.extend(list.iter().filter_map(text)),
            (None, Some(Types::One(Kinds::NULL))) => {}
            (None, _) => return None,
        }
    }
    Some(values)
}

fn lists<'f, 's>(
    merged: &'f MergedSchema<'s>,
) -> impl Iterator<Item = std::slice::Iter<'s, Node<'s>>> + 'f {
    merged
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
