//! Keywords that narrow the values and hold no schemas.

use std::collections::HashSet;

use super::json::{Node, Value};
use super::report::Problems;
use super::source::Spot;
use super::worth::Worth;
use super::{pattern, shape};

/// Kratos does not start with a value that stands twice in an `enum`.
pub(super) fn distinct(node: &Node<'_>, problems: &mut Problems) {
    let Value::Array(values) = &node.value else {
        return;
    };
    if values.is_empty() {
        problems.report(
            node.spot,
            "`enum` is empty, and then Kratos does not start; write at least one value",
        );
    }
    let mut before = HashSet::new();
    for value in values {
        if !before.insert(Worth::of(value)) {
            problems.report(
                value.spot,
                "this value stands twice in `enum`, and then Kratos does not start; remove it"
                    .to_owned(),
            );
        }
    }
}

/// Is `name` a keyword that narrows the values? If so, its value's own type is checked.
pub(super) fn rule(name: &str, node: &Node<'_>, problems: &mut Problems) -> bool {
    match name {
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            shape::count(name, node, problems);
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            shape::number(name, node, problems);
        }
        "multipleOf" => shape::positive(name, node, problems),
        "pattern" => {
            if let Some(text) = shape::string(name, node, problems) {
                pattern(text, node.spot, problems);
            }
        }
        "contentEncoding" | "contentMediaType" => {
            shape::string(name, node, problems);
        }
        "uniqueItems" => {
            shape::boolean(name, node, problems);
        }
        _ => return false,
    }
    true
}

pub(super) fn pattern(text: &str, spot: Spot, problems: &mut Problems) {
    if let Some(why) = pattern::refused(text) {
        problems.report(spot, format!("Kratos refuses the pattern {text:?}: {why}"));
    }
}
