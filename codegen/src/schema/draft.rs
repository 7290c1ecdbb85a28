//! The drafts of JSON Schema that Kratos reads, and what the older ones do not have.

use super::json::{Member, Node, Value};
use super::report::Problems;
use super::tree::Schema;

/// A draft, as the `$schema` of a file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    Four,
    Six,
    Seven,
}

/// Kratos compares these as text. Without `$schema` it reads draft-07.
const URLS: [(&str, Draft); 4] = [
    ("http://json-schema.org/draft-07/schema#", Draft::Seven),
    ("http://json-schema.org/draft-06/schema#", Draft::Six),
    ("http://json-schema.org/draft-04/schema#", Draft::Four),
    ("http://json-schema.org/schema#", Draft::Seven),
];

impl Draft {
    /// The draft of the file with this root.
    pub(super) fn of(root: &Node<'_>) -> Self {
        let known = url(root).and_then(|(_, url)| URLS.iter().find(|(known, _)| *known == url));
        known.map_or(Self::Seven, |(_, draft)| *draft)
    }

    /// The keyword that names a schema.
    pub(super) fn id(self) -> &'static str {
        if self == Self::Four { "id" } else { "$id" }
    }

    /// Leaves out what Kratos does not run in this draft.
    pub(super) fn limit(self, schema: &mut Schema<'_>) {
        if self == Self::Seven {
            return;
        }
        schema.conditions.clear();
        let is_newer = |keyword| matches!(keyword, "contentEncoding" | "contentMediaType");
        schema.rules.retain(|rule| !is_newer(rule.keyword));
        if self == Self::Four {
            schema.constant = None;
            schema.contains = None;
            schema.member_names = None;
        }
        schema.each_below(|below| self.limit(below));
    }
}

pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    if let Some((node, url)) = url(root)
        && !URLS.iter().any(|(known, _)| *known == url)
    {
        problems.report(
            node.spot,
            format!(
                "Kratos does not know the `$schema` {url:?} and fails at the first identity; write {:?}",
                URLS[0].0
            ),
        );
    }
}

/// Refuses what a file of draft-04 cannot have. Kratos holds a file against its own draft when it first reads it: it boots,
/// and fails at the first identity.
pub(super) fn check_four(root: &Node<'_>, problems: &mut Problems) {
    if Draft::of(root) == Draft::Four {
        four(root, problems);
    }
}

/// A file that a `$ref` names, with what draft-04 writes in another way as draft-07 writes it. Of the identity schema itself
/// Kratos wants that from the start.
pub(crate) fn modernised<'t>(mut root: Node<'t>, problems: &mut Problems) -> Node<'t> {
    if Draft::of(&root) == Draft::Four {
        four(&root, problems);
        modernise(&mut root, problems);
    }
    root
}

/// `"minimum": 3, "exclusiveMinimum": true` is `"exclusiveMinimum": 3`.
fn modernise(schema: &mut Node<'_>, problems: &mut Problems) {
    let Value::Object(members) = &mut schema.value else {
        return;
    };
    for (flag, limit) in EXCLUSIVE {
        let is_flag = |member: &&Member<'_>| {
            member.key == flag && matches!(member.node.value, Value::Bool(_))
        };
        let Some(set) = members.iter().find(is_flag) else {
            continue;
        };
        let is_exclusive = matches!(set.node.value, Value::Bool(true));
        if !members.iter().any(|member| member.key == limit) {
            problems.report(
                set.spot,
                format!("`{flag}` without `{limit}`, and Kratos fails at the first identity; write both, or none"),
            );
        }
        members.retain(|member| !is_flag(&member));
        if is_exclusive {
            let limits = members.iter_mut().filter(|member| member.key == limit);
            limits.for_each(|member| member.key = flag.into());
        }
    }
    for member in members {
        let node = &mut member.node;
        match (&*member.key, &mut node.value) {
            ("not" | "items" | "additionalProperties" | "additionalItems", Value::Object(_)) => {
                modernise(node, problems);
            }
            ("allOf" | "anyOf" | "oneOf" | "items", Value::Array(schemas)) => {
                let schemas = schemas.iter_mut();
                schemas.for_each(|schema| modernise(schema, problems));
            }
            (
                "definitions" | "properties" | "patternProperties" | "dependencies",
                Value::Object(schemas),
            ) => {
                let schemas = schemas.iter_mut();
                schemas.for_each(|schema| modernise(&mut schema.node, problems));
            }
            _ => {}
        }
    }
}

/// What says that a limit is none of the values, and the limit.
const EXCLUSIVE: [(&str, &str); 2] = [
    ("exclusiveMinimum", "minimum"),
    ("exclusiveMaximum", "maximum"),
];

/// What draft-07 allows and draft-04 does not.
fn four(schema: &Node<'_>, problems: &mut Problems) {
    let members = match &schema.value {
        Value::Object(members) => members,
        Value::Bool(_) => {
            return refuse(schema, "a boolean in the place of a schema", problems);
        }
        _ => return,
    };
    for member in members {
        let node = &member.node;
        match (&*member.key, &node.value) {
            ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(_)) => {
                refuse(node, &format!("a number as `{}`", member.key), problems);
            }
            ("required", Value::Array(names)) if names.is_empty() => {
                refuse(node, "an empty `required`", problems);
            }
            ("additionalProperties" | "additionalItems", Value::Bool(_)) => {}
            (
                "not" | "items" | "additionalProperties" | "additionalItems",
                Value::Object(_) | Value::Bool(_),
            ) => four(node, problems),
            ("allOf" | "anyOf" | "oneOf" | "items", Value::Array(schemas)) => {
                schemas.iter().for_each(|schema| four(schema, problems));
            }
            ("definitions" | "properties" | "patternProperties", Value::Object(schemas)) => {
                schemas
                    .iter()
                    .for_each(|schema| four(&schema.node, problems));
            }
            ("dependencies", Value::Object(wanted)) => {
                for one in wanted {
                    match &one.node.value {
                        Value::Array(names) if names.is_empty() => {
                            refuse(&one.node, "an empty list in `dependencies`", problems);
                        }
                        _ => four(&one.node, problems),
                    }
                }
            }
            _ => {}
        }
    }
}

fn refuse(node: &Node<'_>, what: &str, problems: &mut Problems) {
    problems.report(
        node.spot,
        format!(
            "{what}: draft-04 has no such thing, and Kratos fails at the first identity; write {:?} as `$schema`",
            URLS[0].0
        ),
    );
}

fn url<'n>(root: &'n Node<'_>) -> Option<(&'n Node<'n>, &'n str)> {
    let node = root.member("$schema")?;
    match &node.value {
        Value::String(url) => Some((node, url)),
        _ => None,
    }
}
