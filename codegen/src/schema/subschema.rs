//! Keywords whose value holds further schemas.

use super::json::{Node, Value};
use super::keywords;
use super::report::Problems;
use super::shape;
use super::tree::{Dependent, Found, Property, SubSchema};

/// Where in the document a schema stands: Kratos reads `ory.sh/kratos` only inside `properties.traits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    Root,
    /// The traits object itself.
    Whole,
    Traits,
    /// Inside the traits, behind a list: Kratos reads the keyword, but not strictly.
    Branch,
    Elsewhere,
}

impl Region {
    pub(crate) fn has_roles(self) -> bool {
        self != Self::Elsewhere
    }

    /// The region of a schema in a list.
    pub(crate) fn branch(self) -> Self {
        match self {
            Self::Whole | Self::Traits | Self::Branch => Self::Branch,
            Self::Root | Self::Elsewhere => Self::Elsewhere,
        }
    }

    /// The region of a schema below that is no property.
    pub(crate) fn below(self) -> Self {
        match self {
            Self::Traits | Self::Branch => self,
            Self::Whole => Self::Traits,
            Self::Root | Self::Elsewhere => Self::Elsewhere,
        }
    }

    fn of_property(self, name: &str) -> Self {
        match self {
            Self::Root if name == "traits" => Self::Whole,
            Self::Whole => Self::Traits,
            other => other.below(),
        }
    }
}

/// One schema, or `true` or `false`.
pub(crate) fn one<'s>(
    name: &str,
    node: &'s Node<'s>,
    region: Region,
    problems: &mut Problems,
) -> Option<SubSchema<'s>> {
    match &node.value {
        Value::Object(members) => Some(SubSchema::Schema(Box::new(keywords::schema(
            node, members, region, problems,
        )))),
        Value::Bool(value) => Some(SubSchema::Bool(Found {
            spot: node.spot,
            value: *value,
        })),
        _ => {
            shape::wrong(name, node, "a schema, which is an object", problems);
            None
        }
    }
}

/// An object whose members are schemas.
pub(crate) fn map<'s>(
    name: &str,
    node: &'s Node<'s>,
    region: Region,
    problems: &mut Problems,
) -> Vec<Property<'s>> {
    let members = shape::object(name, node, problems).unwrap_or_default();
    let properties = members.iter().filter_map(|member| {
        let region = region.of_property(&member.key);
        Some(Property {
            name: &member.key,
            spot: member.spot,
            schema: one(&member.key, &member.node, region, problems)?,
        })
    });
    properties.collect()
}

/// An array of at least one schema.
pub(crate) fn list<'s>(
    name: &str,
    node: &'s Node<'s>,
    region: Region,
    problems: &mut Problems,
) -> Vec<SubSchema<'s>> {
    let schemas = shape::array(name, node, problems);
    if schemas.is_some_and(<[_]>::is_empty) {
        problems.report(
            node.spot,
            format!("`{name}` is empty; write at least one schema"),
        );
    }
    let schemas = schemas.unwrap_or_default().iter();
    schemas
        .filter_map(|schema| one(name, schema, region, problems))
        .collect()
}

/// An object whose members are schemas or lists of names.
pub(crate) fn dependencies<'s>(
    name: &str,
    node: &'s Node<'s>,
    region: Region,
    problems: &mut Problems,
) -> (Vec<SubSchema<'s>>, Vec<Dependent<'s>>) {
    let mut schemas = Vec::new();
    let mut lists = Vec::new();
    for member in shape::object(name, node, problems).unwrap_or_default() {
        if matches!(member.node.value, Value::Array(_)) {
            lists.push(Dependent {
                name: &member.key,
                wanted: names(name, &member.node, problems),
            });
        } else {
            schemas.extend(one(name, &member.node, region, problems));
        }
    }
    (schemas, lists)
}

/// An array of different strings.
pub(crate) fn names<'s>(
    name: &str,
    node: &'s Node<'s>,
    problems: &mut Problems,
) -> Vec<Found<&'s str>> {
    let mut names: Vec<Found<&'s str>> = Vec::new();
    for item in shape::array(name, node, problems).unwrap_or_default() {
        if let Some(value) = shape::string(name, item, problems) {
            names.push(Found {
                spot: item.spot,
                value,
            });
        }
    }
    let mut sorted = names.clone();
    sorted.sort_by_key(|found| (found.value, found.spot));
    for pair in sorted.windows(2) {
        if pair[0].value == pair[1].value {
            problems.report(
                pair[1].spot,
                format!(
                    "`{name}` has {:?} twice; write each name once",
                    pair[1].value
                ),
            );
        }
    }
    names
}
