//! Files of draft-04. Kratos checks every file against its own draft when it first reads it: it boots, and fails at the first
//! identity.

use crate::schema::json::{Member, Node, Value};
use crate::schema::keywords::{Draft, Keyword, NEWEST};
use crate::schema::source::Problems;

/// Reports what draft-07 allows and draft-04 does not, if the file is of draft-04.
pub(in crate::schema) fn check_draft04(root: &Node<'_>, problems: &mut Problems) {
    if Draft::of(root) == Draft::Four {
        check(root, problems);
    }
}

/// Rewrites a file that a `$ref` names from draft-04 to draft-07. The identity schema itself has to be valid in draft-07, because
/// Kratos checks that at boot.
pub(crate) fn modernized<'t>(mut root: Node<'t>, problems: &mut Problems) -> Node<'t> {
    if Draft::of(&root) == Draft::Four {
        check(&root, problems);
        modernize(&mut root, problems);
    }
    root
}

/// The keyword that is a flag in draft-04 and a limit in draft-07, and the limit that the flag is about.
const EXCLUSIVE: [(Keyword, Keyword); 2] = [
    (Keyword::ExclusiveMinimum, Keyword::Minimum),
    (Keyword::ExclusiveMaximum, Keyword::Maximum),
];

/// `"minimum": 3, "exclusiveMinimum": true` becomes `"exclusiveMinimum": 3`.
fn modernize(schema: &mut Node<'_>, problems: &mut Problems) {
    let Value::Object(members) = &mut schema.value else {
        return;
    };
    for (flag, limit) in EXCLUSIVE {
        let (flag, limit) = (flag.name(), limit.name());
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
                format!("`{flag}` without `{limit}`, so Kratos fails at the first identity; write both, or neither"),
            );
        }
        members.retain(|member| !is_flag(&member));
        if is_exclusive {
            let limits = members.iter_mut().filter(|member| member.key == limit);
            limits.for_each(|member| member.key = flag.into());
        }
    }
    for member in members {
        if let Some(keyword) = keyword_of_draft04(&member.key) {
            let schemas = keyword.schemas_mut(&mut member.node).into_iter();
            schemas.for_each(|schema| modernize(schema, problems));
        }
    }
}

/// The keyword of this name, if draft-04 has it.
fn keyword_of_draft04(name: &str) -> Option<Keyword> {
    Keyword::of(name).filter(|keyword| keyword.since() == Draft::Four)
}

fn check(schema: &Node<'_>, problems: &mut Problems) {
    if matches!(schema.value, Value::Bool(_)) {
        refuse(schema, "a boolean as a schema", problems);
    }
    for member in schema.members() {
        let node = &member.node;
        let Some(keyword) = keyword_of_draft04(&member.key) else {
            continue;
        };
        match (keyword, &node.value) {
            (Keyword::ExclusiveMinimum | Keyword::ExclusiveMaximum, Value::Number(_)) => {
                refuse(node, &format!("a number as `{}`", member.key), problems);
            }
            (Keyword::Required, Value::Array(names)) if names.is_empty() => {
                refuse(node, "an empty `required`", problems);
            }
            (Keyword::AdditionalProperties | Keyword::AdditionalItems, Value::Bool(_)) => {}
            (Keyword::Dependencies, Value::Object(wanted)) => {
                for one in wanted {
                    if matches!(&one.node.value, Value::Array(names) if names.is_empty()) {
                        refuse(&one.node, "an empty list in `dependencies`", problems);
                    }
                    check(&one.node, problems);
                }
            }
            _ => {
                for below in keyword.schemas(node) {
                    check(below, problems);
                }
            }
        }
    }
}

fn refuse(node: &Node<'_>, what: &str, problems: &mut Problems) {
    problems.report(
        node.spot,
        format!(
            "{what} is not valid in draft-04, so Kratos fails at the first identity; write {NEWEST:?} as `$schema`"
        ),
    );
}
