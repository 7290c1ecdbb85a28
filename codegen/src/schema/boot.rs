//! What Kratos says of `ory.sh/kratos` before it knows what a schema is: it walks down every object, also where no schema can be, and
//! beside a `$ref`, but into no list. At boot it walks the traits, at the first identity the whole file and whatever a `$ref` leads to.

use super::extension::{NAME, extension};
use super::json::{Node, Value};
use super::report::Problems;
use super::subschema::Region;
use crate::diagnostics::hint;

/// The formats that it allows beside `verification`.
const VERIFIABLE: [&str; 6] = ["email", "tel", "date", "time", "date-time", "no-validate"];

pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    walk(root, problems);
    let traits = root
        .member("properties")
        .and_then(|node| node.member("traits"));
    let Some(Value::Object(traits)) = traits
        .and_then(|node| node.member("properties"))
        .map(|node| &node.value)
    else {
        return;
    };
    for member in traits {
        verification(&member.node, problems);
    }
}

fn verification(of: &Node<'_>, problems: &mut Problems) {
    let is_verified = of
        .member(NAME)
        .is_some_and(|extension| extension.member("verification").is_some());
    if let Some(node) = of.member("format")
        && let Value::String(format) = &node.value
        && is_verified
        && !VERIFIABLE.contains(&&**format)
    {
        let hint = hint(format, &VERIFIABLE);
        problems.report(
            node.spot,
            format!(
                "the format {format:?} beside `ory.sh/kratos.verification`, and then Kratos does not start{hint}"
            ),
        );
    }
}

/// Reads the keyword strictly in every object in `node`.
pub(super) fn walk(node: &Node<'_>, problems: &mut Problems) {
    let Value::Object(members) = &node.value else {
        return;
    };
    for member in members {
        if member.key == NAME {
            extension(&member.node, member.spot, Region::Elsewhere, problems);
        } else {
            walk(&member.node, problems);
        }
    }
}
