//! Bundles a schema and the files that it refers to into one text, which is embedded in the generated code: the files become definitions, and
//! every `$ref` points to them.

use std::collections::{HashMap, HashSet};

use super::files::references;
use super::{SchemaSet, Target};
use crate::schema::json::{Member, Node, Value};
use crate::schema::source::Spot;

/// The identity schema with all files that it refers to; `None` if there are none, so that its own text is complete.
pub(crate) fn bundled(set: &SchemaSet<'_>) -> Option<String> {
    let (root, others) = set.files.split_first()?;
    let Value::Object(members) = &root.node.value else {
        return None;
    };
    if others.is_empty() {
        return None;
    }
    let (definitions, mut members): (Vec<_>, Vec<_>) = members
        .iter()
        .cloned()
        .partition(|member| member.key == "definitions");
    let mut definitions = match definitions.into_iter().next().map(|own| own.node.value) {
        Some(Value::Object(own)) => own,
        _ => Vec::new(),
    };
    let member = |key: String, value| Member {
        key: key.into(),
        spot: Spot::default(),
        node: value,
    };
    let names = names(root.node, others.len()).into_iter().zip(others);
    definitions.extend(names.map(|(name, file)| member(name, file.node.clone())));
    let definitions = Node {
        spot: Spot::default(),
        value: Value::Object(definitions),
    };
    members.push(member("definitions".into(), definitions));

    let targets = targets(set);
    let pointers = pointers(set, &targets.values().copied().collect());
    for member in &mut members {
        rewrite(member, &targets, &pointers);
    }
    let mut out = String::with_capacity(root.source.text.len() * 2);
    write(&Value::Object(members), 0, &mut out);
    out.push('\n');
    Some(out)
}

/// An unused name among the definitions for every other file.
fn names(root: &Node<'_>, count: usize) -> Vec<String> {
    let definitions = root.member("definitions");
    let is_free =
        |name: &String| definitions.is_none_or(|definitions| definitions.member(name).is_none());
    let names = (1..).map(|number| format!("file-{number}"));
    names.filter(is_free).take(count).collect()
}

/// The schema that each `$ref` leads to, if it resolves.
fn targets(set: &SchemaSet<'_>) -> HashMap<Spot, Spot> {
    let mut found = Vec::new();
    for file in &set.files {
        references(file.node, &mut found);
    }
    let targets = found.into_iter().filter_map(|(spot, written)| {
        let Target::Node(target) = set.resolve(spot, written) else {
            return None;
        };
        Some((spot, target.spot))
    });
    targets.collect()
}

/// Makes every `$ref` a pointer from the root of the bundle, and removes every `$id`, which would change what they are relative to.
fn rewrite(
    member: &mut Member<'_>,
    targets: &HashMap<Spot, Spot>,
    pointers: &HashMap<Spot, String>,
) {
    let Member { key, node, .. } = member;
    if let (Value::String(written), "$ref") = (&mut node.value, &**key) {
        let pointer = targets.get(&node.spot).and_then(|spot| pointers.get(spot));
        if let Some(pointer) = pointer {
            *written = format!("#{}", pointer.replace('%', "%25")).into();
        }
    }
    rewrite_in(node, targets, pointers);
}

fn rewrite_in(
    node: &mut Node<'_>,
    targets: &HashMap<Spot, Spot>,
    pointers: &HashMap<Spot, String>,
) {
    match &mut node.value {
        Value::Array(items) => {
            for item in items {
                rewrite_in(item, targets, pointers);
            }
        }
        Value::Object(members) => {
            members.retain(|one| one.key != "$id" || one.node.text().is_none());
            for member in members {
                rewrite(member, targets, pointers);
            }
        }
        _ => {}
    }
}

/// Writes JSON with a line for each member.
fn write(value: &Value<'_>, depth: usize, out: &mut String) {
    let line = |depth: usize, out: &mut String| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    // Writing a string as JSON cannot fail.
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => out.push_str(text),
        Value::String(text) => out.push_str(&quoted(text)),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write(&item.value, depth, out);
            }
            out.push(']');
        }
        Value::Object(members) if members.is_empty() => out.push_str("{}"),
        Value::Object(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                line(depth + 1, out);
                out.push_str(&quoted(&member.key));
                out.push_str(": ");
                write(&member.node.value, depth + 1, out);
            }
            line(depth, out);
            out.push('}');
        }
    }
}

/// The JSON pointer of each key or value in `wanted`, in the text that is embedded: the schema's own, or that with other files in it.
pub(crate) fn pointers(set: &SchemaSet<'_>, wanted: &HashSet<Spot>) -> HashMap<Spot, String> {
    let mut found = HashMap::with_capacity(wanted.len());
    let Some((root, others)) = set.files.split_first() else {
        return found;
    };
    find(root.node, wanted, &mut String::new(), &mut found);
    for (name, file) in names(root.node, others.len()).iter().zip(others) {
        let mut pointer = format!("/definitions/{name}");
        find(file.node, wanted, &mut pointer, &mut found);
    }
    found
}

/// Finds the pointers of what is wanted in `node`, which is at `pointer`.
fn find(
    node: &Node<'_>,
    wanted: &HashSet<Spot>,
    pointer: &mut String,
    found: &mut HashMap<Spot, String>,
) {
    if wanted.contains(&node.spot) {
        found.insert(node.spot, pointer.clone());
    }
    let length = pointer.len();
    for member in node.members() {
        pointer.push('/');
        push_part(pointer, &member.key);
        if wanted.contains(&member.spot) {
            found.insert(member.spot, pointer.clone());
        }
        find(&member.node, wanted, pointer, found);
        pointer.truncate(length);
    }
    if let Value::Array(items) = &node.value {
        for (index, item) in items.iter().enumerate() {
            pointer.push_str(&format!("/{index}"));
            find(item, wanted, pointer, found);
            pointer.truncate(length);
        }
    }
}

/// A name as a part of a pointer.
pub(crate) fn push_part(pointer: &mut String, name: &str) {
    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
}
