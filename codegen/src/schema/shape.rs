//! Is a keyword's value of the right JSON type? Kratos checks this at boot, with the core schema of draft-07.

use super::json::{Member, Node, Value};
use super::report::Problems;

/// The value of the keyword `name` is of another type than `wanted`.
pub(crate) fn wrong(name: &str, node: &Node<'_>, wanted: &str, problems: &mut Problems) {
    problems.report(
        node.spot,
        format!("`{name}` is {}; write {wanted}", node.kind()),
    );
}

pub(crate) fn string<'s>(
    name: &str,
    node: &'s Node<'s>,
    problems: &mut Problems,
) -> Option<&'s str> {
    if let Value::String(text) = &node.value {
        return Some(text);
    }
    wrong(name, node, "a string", problems);
    None
}

pub(crate) fn boolean(name: &str, node: &Node<'_>, problems: &mut Problems) -> Option<bool> {
    if let Value::Bool(value) = node.value {
        return Some(value);
    }
    wrong(name, node, "`true` or `false`", problems);
    None
}

pub(crate) fn array<'s>(
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

pub(crate) fn object<'s>(
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

/// A number of characters, items or members. `2.0` is none: Kratos tells integers by their text.
pub(crate) fn count(name: &str, node: &Node<'_>, problems: &mut Problems) {
    match node.value {
        Value::Number(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {}
        Value::Number(text) => problems.report(
            node.spot,
            format!("`{name}` is {text}; write a whole number from 0, without a point"),
        ),
        _ => wrong(name, node, "a whole number from 0", problems),
    }
}

pub(crate) fn number(name: &str, node: &Node<'_>, problems: &mut Problems) {
    if !matches!(node.value, Value::Number(_)) {
        wrong(name, node, "a number", problems);
    }
}

pub(crate) fn positive(name: &str, node: &Node<'_>, problems: &mut Problems) {
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
