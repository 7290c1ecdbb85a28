//! One schema object, keyword by keyword. Keywords that Kratos does not know are ignored, as Kratos does.

use super::extension::{Extension, extension};
use super::json::{Member, Node, Value};
use super::kinds::Kinds;
use super::report::Problems;
use super::source::Spot;
use super::subschema::{self, Region};
use super::{regex, shape, suggest, unknown, url};
use crate::problem::Warning;

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
    pub(crate) patterns: Vec<Property<'s>>,
    pub(crate) required: Option<Found<Vec<Found<&'s str>>>>,
    pub(crate) additional: Option<Found<SubSchema<'s>>>,
    pub(crate) items: Option<Found<SubSchema<'s>>>,
    /// Schemas of some of the items: a list in `items`, `additionalItems`, `contains`.
    pub(crate) some_items: Vec<SubSchema<'s>>,
    /// There is a list in `items`.
    pub(crate) is_tuple: bool,
    /// How many items the list in `items` has, if `additionalItems` takes no more.
    pub(crate) closed_tuple: Option<usize>,
    pub(crate) all_of: Vec<SubSchema<'s>>,
    /// `anyOf` and `oneOf`.
    pub(crate) alternatives: Vec<Vec<SubSchema<'s>>>,
    /// Schemas that may say something about the same value: `not`, `if`, `then`, `else`, `dependencies`.
    pub(crate) perhaps: Vec<SubSchema<'s>>,
    pub(crate) rules: Vec<Rule<'s>>,
    pub(crate) extension: Option<Extension>,
    pub(crate) reference: Option<Found<&'s str>>,
    /// Something in here was left out because it is wrong, which is reported: what is missing may not be missing.
    pub(crate) incomplete: bool,
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
    One(Kinds),
    Several(Kinds),
    /// Already reported.
    Unknown,
}

impl<'s> Schema<'s> {
    /// Every schema in this one that Kratos runs.
    pub(crate) fn below(&self) -> impl Iterator<Item = &SubSchema<'s>> {
        let properties = self.properties.iter().flat_map(|found| &found.value);
        let one = [&self.additional, &self.items].into_iter().flatten();
        properties
            .chain(&self.patterns)
            .map(|property| &property.schema)
            .chain(one.map(|found| &found.value))
            .chain(&self.some_items)
            .chain(&self.all_of)
            .chain(&self.perhaps)
            .chain(self.alternatives.iter().flatten())
    }

    fn below_mut(&mut self) -> impl Iterator<Item = &mut SubSchema<'s>> {
        let properties = self.properties.iter_mut().flat_map(|one| &mut one.value);
        let one = [&mut self.additional, &mut self.items]
            .into_iter()
            .flatten();
        properties
            .chain(&mut self.patterns)
            .map(|property| &mut property.schema)
            .chain(one.map(|found| &mut found.value))
            .chain(&mut self.some_items)
            .chain(&mut self.all_of)
            .chain(&mut self.perhaps)
            .chain(self.alternatives.iter_mut().flatten())
    }

    /// Leaves out every `const`: Kratos does not know it in draft-04.
    pub(super) fn forget_constants(&mut self) {
        self.constant = None;
        for below in self.below_mut() {
            if let SubSchema::Schema(schema) = below {
                schema.forget_constants();
            }
        }
    }
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
    let list = members.iter().find(|member| member.key == "items");
    let more = members
        .iter()
        .find(|member| member.key == "additionalItems");
    if let (Some(Value::Array(list)), Some(Value::Bool(false))) = (
        list.map(|one| &one.node.value),
        more.map(|one| &one.node.value),
    ) {
        schema.closed_tuple = Some(list.len());
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
            if let Some(found) = schema.format {
                unknown::format(found, region, problems);
            }
        }
        "enum" => {
            distinct(node, problems);
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
                pattern(property.name, property.spot, problems);
            }
        }
        "required" => {
            schema.required = Some(Found {
                spot: member.spot,
                value: subschema::names(name, node, problems),
            });
        }
        "items" if matches!(node.value, Value::Array(_)) => {
            schema.is_tuple = true;
            let list = subschema::list(name, node, region.branch(), problems);
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
        "additionalItems" | "contains" => {
            let value = subschema::one(name, node, region.below(), problems);
            schema.some_items.extend(value);
        }
        // Names of members are no values of traits.
        "propertyNames" => {
            subschema::one(name, node, Region::Elsewhere, problems);
        }
        "allOf" => schema.all_of = subschema::list(name, node, region.branch(), problems),
        "anyOf" | "oneOf" => {
            let list = subschema::list(name, node, region.branch(), problems);
            schema.alternatives.push(list);
        }
        "not" | "if" | "then" | "else" => {
            let value = subschema::one(name, node, region.below(), problems);
            schema.perhaps.extend(value);
        }
        "dependencies" => {
            let list = subschema::dependencies(name, node, region.below(), problems);
            schema.perhaps.extend(list);
        }
        "$ref" => {
            let value = shape::string(name, node, problems);
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
                && !url::may_be_reference(id)
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
            if rule(name, node, problems) {
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

/// Kratos does not start with a value that stands twice in an `enum`.
fn distinct(values: &Node<'_>, problems: &mut Problems) {
    let Value::Array(values) = &values.value else {
        return;
    };
    for (position, value) in values.iter().enumerate() {
        if values[..position]
            .iter()
            .any(|other| other.value == value.value)
        {
            problems.report(
                value.spot,
                "this value stands twice in `enum`, and then Kratos does not start; remove it"
                    .to_owned(),
            );
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

fn pattern(text: &str, spot: Spot, problems: &mut Problems) {
    if let Some(why) = regex::refused(text) {
        problems.report(spot, format!("Kratos refuses the pattern {text:?}: {why}"));
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
        let hint = suggest::hint(name, &KNOWN);
        problems.report(node.spot, format!("`type` is {name:?}{hint}"));
    }
    kinds
}
