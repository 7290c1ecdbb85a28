//! One schema object, keyword by keyword. Keywords that Kratos does not know are ignored, as Kratos does.

use super::extension::{Extension, extension};
use super::json::{Member, Node, Value};
use super::report::Problems;
use super::source::Spot;
use super::subschema::{self, Region};
use super::{shape, suggest};

/// A value, and where it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<T> {
    pub(crate) spot: Spot,
    pub(crate) value: T,
}

/// A schema that is an object. What is beside a `$ref` is left out, because Kratos ignores it.
#[derive(Debug, Default)]
pub(crate) struct Schema<'s> {
    pub(crate) spot: Spot,
    pub(crate) title: Option<&'s str>,
    pub(crate) description: Option<&'s str>,
    pub(crate) types: Option<Found<Types>>,
    pub(crate) format: Option<Found<&'s str>>,
    pub(crate) choices: Option<Found<&'s [Node<'s>]>>,
    pub(crate) constant: Option<&'s Node<'s>>,
    pub(crate) properties: Option<Found<Vec<Property<'s>>>>,
    pub(crate) required: Option<Found<Vec<Found<&'s str>>>>,
    pub(crate) additional: Option<Found<SubSchema<'s>>>,
    pub(crate) items: Option<Found<SubSchema<'s>>>,
    pub(crate) rules: Vec<Rule<'s>>,
    pub(crate) extension: Option<Extension>,
    pub(crate) reference: Option<Spot>,
    /// Something in here was left out because it is wrong, which is reported: what is missing may not be missing.
    pub(crate) incomplete: bool,
    /// Keywords that have no type here yet.
    pub(crate) unsupported: Vec<Found<&'static str>>,
}

/// A schema in a place where draft-07 also allows `true` and `false`.
#[derive(Debug)]
pub(crate) enum SubSchema<'s> {
    Schema(Box<Schema<'s>>),
    Bool(Found<bool>),
}

/// A member of `properties`; `spot` is where its key is.
#[derive(Debug)]
pub(crate) struct Property<'s> {
    pub(crate) name: &'s str,
    pub(crate) spot: Spot,
    pub(crate) schema: SubSchema<'s>,
}

/// A keyword that narrows the values but not the type.
#[derive(Debug)]
pub(crate) struct Rule<'s> {
    pub(crate) keyword: &'s str,
    pub(crate) value: &'s Node<'s>,
}

/// The value of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Types {
    One(JsonType),
    Several,
    /// Already reported.
    Unknown,
}

/// The types of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonType {
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
    Null,
}

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
            if region.has_roles() && !is_reference {
                schema.extension = Some(extension(&member.node, member.spot, problems));
            }
        } else {
            keyword(&mut schema, member, region, problems);
        }
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
        }
        "enum" => {
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
        "required" => {
            schema.required = Some(Found {
                spot: member.spot,
                value: subschema::names(name, node, problems),
            });
        }
        "additionalProperties" | "items" => {
            let value = if name == "items" && matches!(node.value, Value::Array(_)) {
                subschema::list(name, node, problems);
                schema.unsupported.push(Found {
                    spot: node.spot,
                    value: "a list in `items`",
                });
                None
            } else {
                subschema::one(name, node, region.below(), problems)
            };
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
        "$ref" => {
            shape::string(name, node, problems);
            schema.reference = Some(member.spot);
        }
        "examples" => {
            shape::array(name, node, problems);
        }
        "readOnly" => {
            shape::boolean(name, node, problems);
        }
        "$id" | "$schema" | "$comment" => {
            shape::string(name, node, problems);
        }
        "definitions" => {
            subschema::map(name, node, Region::Elsewhere, problems);
        }
        _ => {
            if rule(name, node, problems) {
                schema.rules.push(Rule {
                    keyword: name,
                    value: node,
                });
            } else if let Some(value) = subschema::unsupported(name, node, problems) {
                schema.unsupported.push(Found {
                    spot: member.spot,
                    value,
                });
            }
        }
    }
}

/// Is `name` a keyword that narrows the values? If so, its value's own type is checked.
fn rule(name: &str, node: &Node<'_>, problems: &mut Problems) -> bool {
    match name {
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            shape::count(name, node, problems);
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            shape::number(name, node, problems);
        }
        "multipleOf" => shape::positive(name, node, problems),
        "pattern" | "contentEncoding" | "contentMediaType" => {
            shape::string(name, node, problems);
        }
        "uniqueItems" => {
            shape::boolean(name, node, problems);
        }
        _ => return false,
    }
    true
}

fn types(node: &Node<'_>, problems: &mut Problems) -> Types {
    match &node.value {
        Value::String(name) => json_type(name, node, problems).map_or(Types::Unknown, Types::One),
        Value::Array(names) => {
            for name in names {
                if let Some(text) = shape::string("type", name, problems) {
                    json_type(text, name, problems);
                }
            }
            Types::Several
        }
        _ => {
            shape::wrong("type", node, "a string", problems);
            Types::Unknown
        }
    }
}

fn json_type(name: &str, node: &Node<'_>, problems: &mut Problems) -> Option<JsonType> {
    const KNOWN: [&str; 7] = [
        "object", "array", "string", "integer", "number", "boolean", "null",
    ];
    Some(match name {
        "object" => JsonType::Object,
        "array" => JsonType::Array,
        "string" => JsonType::String,
        "integer" => JsonType::Integer,
        "number" => JsonType::Number,
        "boolean" => JsonType::Boolean,
        "null" => JsonType::Null,
        _ => {
            let hint = suggest::hint(name, &KNOWN);
            problems.report(node.spot, format!("`type` is {name:?}{hint}"));
            return None;
        }
    })
}
