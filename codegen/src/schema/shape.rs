//! The JSON types of values: Kratos checks them at boot, with the core schema of draft-07.

use std::collections::HashSet;

use super::json::{Member, Node, Value};
use super::keywords::{Keyword, Shape};
use super::source::Problems;
use super::tree::Found;

/// Reports the value of `keyword` if its type is wrong. Values that hold schemas or have a reader of their own are skipped.
pub(super) fn check(keyword: Keyword, node: &Node<'_>, problems: &mut Problems) {
    let name = keyword.name();
    match keyword.shape() {
        Shape::String => {
            string(name, node, problems);
        }
        Shape::Boolean => {
            boolean(name, node, problems);
        }
        Shape::Array => {
            array(name, node, problems);
        }
        Shape::Number => number(name, node, problems),
        Shape::PositiveNumber => positive(name, node, problems),
        Shape::Count => count(name, node, problems),
        Shape::Anything
        | Shape::Names
        | Shape::Types
        | Shape::Extension
        | Shape::Schema(_)
        | Shape::SchemaList(_)
        | Shape::SchemaOrList(_)
        | Shape::SchemaMap(_)
        | Shape::SchemaOrNamesMap(_) => {}
    }
}

/// Reports that the value of `name` has another type than `wanted`.
pub(super) fn wrong(name: &str, node: &Node<'_>, wanted: &str, problems: &mut Problems) {
    problems.report(
        node.spot,
        format!("`{name}` is {}; write {wanted}", node.kind()),
    );
}

pub(super) fn string<'s>(
    name: &str,
    node: &'s Node<'s>,
    problems: &mut Problems,
) -> Option<&'s str> {
    let text = node.text();
    if text.is_none() {
        wrong(name, node, "a string", problems);
    }
    text
}

pub(super) fn boolean(name: &str, node: &Node<'_>, problems: &mut Problems) -> Option<bool> {
    if let Value::Bool(value) = node.value {
        return Some(value);
    }
    wrong(name, node, "`true` or `false`", problems);
    None
}

pub(super) fn array<'s>(
    name: &str,
    node: &'s Node<'s>,
    problems: &mut Problems,
) -> Option<&'s [Node<'s>]> {
    if let Value::Array(items) = &node.value {
        return Some(items);
    }
    wrong(name, node, "an array", problems);
    None
}

pub(super) fn object<'s>(
    name: &str,
    node: &'s Node<'s>,
    problems: &mut Problems,
) -> Option<&'s [Member<'s>]> {
    if let Value::Object(members) = &node.value {
        return Some(members);
    }
    wrong(name, node, "an object", problems);
    None
}

/// An array of different strings.
pub(super) fn names<'s>(
    name: &str,
    node: &'s Node<'s>,
    problems: &mut Problems,
) -> Vec<Found<&'s str>> {
    let mut names: Vec<Found<&'s str>> = Vec::new();
    for item in array(name, node, problems).unwrap_or_default() {
        if let Some(value) = string(name, item, problems) {
            names.push(Found {
                spot: item.spot,
                value,
            });
        }
    }
    let mut seen = HashSet::with_capacity(names.len());
    for found in &names {
        if !seen.insert(found.value) {
            problems.report(
                found.spot,
                format!("`{name}` has {:?} twice; write each name once", found.value),
            );
        }
    }
    names
}

/// Kratos tells integers by their text: `2.0` is not one.
fn count(name: &str, node: &Node<'_>, problems: &mut Problems) {
    match node.value {
        Value::Number(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {}
        Value::Number(text) => problems.report(
            node.spot,
            format!("`{name}` is {text}; write a whole number from 0, without a point"),
        ),
        _ => wrong(name, node, "a whole number from 0", problems),
    }
}

fn number(name: &str, node: &Node<'_>, problems: &mut Problems) {
    if !matches!(node.value, Value::Number(_)) {
        wrong(name, node, "a number", problems);
    }
}

fn positive(name: &str, node: &Node<'_>, problems: &mut Problems) {
    match node.value {
        Value::Number(text) => {
            let digits = text.split(['e', 'E']).next().unwrap_or(text);
            if text.starts_with('-') || !digits.contains(|c: char| ('1'..='9').contains(&c)) {
                problems.report(
                    node.spot,
                    format!("`{name}` is {text}; write a number above 0"),
                );
            }
        }
        _ => wrong(name, node, "a number above 0", problems),
    }
}
