//! One schema object, keyword by keyword. Keywords that Kratos does not know are ignored, as Kratos does.

use super::extension::extension;
use super::json::{Member, Node, Value};
use super::kinds::Kinds;
use super::refs::is_url_reference;
use super::report::Problems;
use super::subschema::{self, Region};
use super::tree::{Found, Rule, Schema, Types};
use super::{rules, shape, unknown};
use crate::diagnostics::{Warning, hint};

/// Reads the members of a schema that is an object.
pub(crate) fn schema<'s>(
    node: &'s Node<'s>,
    members: &'s [Member<'s>],
    region: Region,
    problems: &mut Problems,
) -> Schema<'s> {
    let mut schema = Schema {
        spot: node.spot,
        ..Schema::default()
    };
    let before = problems.len();
    let is_reference = members.iter().any(|member| member.key == "$ref");
    for member in members {
        if member.key == "ory.sh/kratos" {
            if is_reference && region.has_roles() {
                problems.warn(
                    member.spot,
                    Warning::IgnoredRole,
                    "Kratos ignores `ory.sh/kratos` beside a `$ref`, as everything there; write it in the schema that the `$ref` points to",
                );
            } else if region.has_roles() {
                schema.extension = Some(extension(&member.node, member.spot, region, problems));
            }
        } else {
            keyword(&mut schema, member, region, problems);
        }
    }
    tuple(&mut schema, members, region, problems);
    let has = |keyword: &str| members.iter().any(|member| member.key == keyword);
    if !has("if") || !(has("then") || has("else")) {
        schema.conditions.clear();
    }
    schema.incomplete = problems.len() > before;
    if is_reference {
        return Schema {
            spot: schema.spot,
            reference: schema.reference,
            incomplete: schema.incomplete,
            ..Schema::default()
        };
    }
    schema
}

/// `additionalItems`, which says nothing without a list in `items`.
fn tuple<'s>(
    schema: &mut Schema<'s>,
    members: &'s [Member<'s>],
    region: Region,
    problems: &mut Problems,
) {
    const NAME: &str = "additionalItems";
    let Some(more) = members.iter().find(|member| member.key == NAME) else {
        return;
    };
    let region = if schema.tuple.is_some() {
        region.below()
    } else {
        Region::Elsewhere
    };
    let value = subschema::one(NAME, &more.node, region, problems);
    if schema.tuple.is_none() {
        return;
    }
    if matches!(more.node.value, Value::Bool(false)) {
        schema.closed_tuple = schema.tuple;
    }
    schema.some_items.extend(value);
}

fn keyword<'s>(
    schema: &mut Schema<'s>,
    member: &'s Member<'s>,
    region: Region,
    problems: &mut Problems,
) {
    let name = &*member.key;
    let node = &member.node;
    match name {
        "title" => schema.title = shape::string(name, node, problems),
        "description" => schema.description = shape::string(name, node, problems),
        "type" => {
            schema.types = Some(Found {
                spot: node.spot,
                value: types(node, problems),
            });
        }
        "format" => {
            schema.format = shape::string(name, node, problems).map(|value| Found {
                spot: node.spot,
                value,
            });
            if let Some(found) = schema.format {
                unknown::format(found, region, problems);
            }
        }
        "enum" => {
            rules::distinct(node, problems);
            schema.choices = shape::array(name, node, problems).map(|value| Found {
                spot: node.spot,
                value,
            });
        }
        "const" => schema.constant = Some(node),
        "properties" => {
            schema.properties = Some(Found {
                spot: member.spot,
                value: subschema::map(name, node, region, problems),
            });
        }
        "patternProperties" => {
            schema.patterns = subschema::map(name, node, region.below(), problems);
            for property in &schema.patterns {
                rules::pattern(property.name, property.spot, problems);
            }
        }
        "required" => {
            schema.required = Some(Found {
                spot: member.spot,
                value: subschema::names(name, node, problems),
            });
        }
        "items" if matches!(node.value, Value::Array(_)) => {
            let list = subschema::list(name, node, region.branch(), problems);
            schema.tuple = Some(list.len());
            schema.some_items.extend(list);
        }
        "additionalProperties" | "items" => {
            let value = subschema::one(name, node, region.below(), problems);
            let found = value.map(|value| Found {
                spot: member.spot,
                value,
            });
            if name == "items" {
                schema.items = found;
            } else {
                schema.additional = found;
            }
        }
        // Read when it is known whether `items` is a list.
        "additionalItems" => {}
        "contains" => schema.contains = subschema::one(name, node, region.below(), problems),
        "propertyNames" => {
            schema.member_names = subschema::one(name, node, region.below(), problems);
        }
        "allOf" => schema.all_of = subschema::list(name, node, region.branch(), problems),
        "anyOf" | "oneOf" => {
            let list = subschema::list(name, node, region.branch(), problems);
            schema.alternatives.push(list);
        }
        "not" => {
            let value = subschema::one(name, node, region.below(), problems);
            schema.perhaps.extend(value);
        }
        "if" | "then" | "else" => {
            let value = subschema::one(name, node, region.below(), problems);
            schema.conditions.extend(value);
        }
        "dependencies" => {
            let (schemas, lists) = subschema::dependencies(name, node, region.below(), problems);
            schema.perhaps.extend(schemas);
            schema.dependents = lists;
        }
        "$ref" => {
            let value = shape::string(name, node, problems);
            if value.is_some_and(|value| !is_url_reference(value)) {
                problems.report(
                    node.spot,
                    format!("`$ref` is {:?}, which is no URI, and then Kratos does not start; write `%25` for a `%`, and a host and port as they are in an address", value.unwrap_or_default()),
                );
                return;
            }
            schema.reference = value.map(|value| Found {
                spot: node.spot,
                value,
            });
        }
        "examples" => {
            shape::array(name, node, problems);
        }
        "readOnly" => {
            shape::boolean(name, node, problems);
        }
        "$id" => {
            if let Some(id) = shape::string(name, node, problems)
                && !is_url_reference(id)
            {
                problems.report(
                    node.spot,
                    format!("`$id` is {id:?}, which is no URI, and then Kratos does not start; write one, or leave `$id` out"),
                );
            }
        }
        "$schema" | "$comment" => {
            shape::string(name, node, problems);
        }
        "definitions" => {
            subschema::map(name, node, Region::Elsewhere, problems);
        }
        _ => {
            if rules::rule(name, node, problems) {
                schema.rules.push(Rule {
                    keyword: name,
                    value: node,
                });
            } else {
                unknown::keyword(member, region, problems);
            }
        }
    }
}

fn types(node: &Node<'_>, problems: &mut Problems) -> Types {
    match &node.value {
        Value::String(name) => kinds(name, node, problems).map_or(Types::Unknown, Types::One),
        Value::Array(all) if all.is_empty() => {
            problems.report(node.spot, "`type` is empty; write at least one type");
            Types::Unknown
        }
        Value::Array(all) => {
            let before = problems.len();
            let mut several = Kinds::NONE;
            for (item, name) in all.iter().zip(subschema::names("type", node, problems)) {
                several = several.or(kinds(name.value, item, problems).unwrap_or(Kinds::NONE));
            }
            if problems.len() > before {
                Types::Unknown
            } else {
                Types::Several(several)
            }
        }
        _ => {
            shape::wrong("type", node, "a string", problems);
            Types::Unknown
        }
    }
}

fn kinds(name: &str, node: &Node<'_>, problems: &mut Problems) -> Option<Kinds> {
    const KNOWN: [&str; 7] = [
        "object", "array", "string", "integer", "number", "boolean", "null",
    ];
    let kinds = Kinds::of_type(name);
    if kinds.is_none() {
        let hint = hint(name, &KNOWN);
        problems.report(node.spot, format!("`type` is {name:?}{hint}"));
    }
    kinds
}
