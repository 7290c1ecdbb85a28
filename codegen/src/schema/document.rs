//! What Kratos asks of the whole document: at boot, at first use, and in every settings flow.

use std::collections::HashMap;

use super::json::{Member, Node, Value};
use super::keywords::{self, Found, Property, Schema, SubSchema, Types};
use super::kinds::Kinds;
use super::library::{Library, Target};
use super::report::Problems;
use super::source::Spot;
use super::subschema::{self, Region};
use super::{suggest, url};
use crate::problem::Warning;

/// An identity schema: the root, and the schema at `properties.traits`.
#[derive(Debug)]
pub(crate) struct Document<'s> {
    pub(crate) root: Schema<'s>,
    pub(crate) traits: Box<Schema<'s>>,
    /// What the `$ref`s lead to, and by the place of a `$ref` which of these.
    targets: Vec<SubSchema<'s>>,
    links: HashMap<Spot, usize>,
}

impl<'s> Document<'s> {
    /// What the `$ref` of `schema` leads to, if it has one; one that leads nowhere is reported.
    pub(crate) fn target(&self, schema: &Schema<'s>) -> Option<&SubSchema<'s>> {
        let link = self.links.get(&schema.reference?.spot)?;
        self.targets.get(*link)
    }
}

/// Kratos compares these as text. Without `$schema` it reads draft-07.
const DRAFTS: [&str; 4] = [
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-04/schema#",
    "http://json-schema.org/schema#",
];

/// The formats that Kratos's boot check allows beside `verification`.
const VERIFIABLE: [&str; 6] = ["email", "tel", "date", "time", "date-time", "no-validate"];

const WRITE_TRAITS: &str =
    r#"write `"traits": { "type": "object", "properties": { … } }` inside `"properties"`"#;

pub(crate) fn document<'s>(library: &Library<'s>, problems: &mut Problems) -> Option<Document<'s>> {
    let node = library.books.first()?.node;
    let Value::Object(members) = &node.value else {
        problems.report(
            node.spot,
            format!(
                "an identity schema is an object, and this is {}; {WRITE_TRAITS}",
                node.kind()
            ),
        );
        return None;
    };
    let mut root = keywords::schema(node, members, Region::Root, problems);
    check_root(members, &root, problems);
    let traits = take_traits(&mut root, problems)?;
    let SubSchema::Schema(mut schema) = traits.schema else {
        problems.report(
            traits.spot,
            format!("`traits` is a boolean, and Kratos wants an object; {WRITE_TRAITS}"),
        );
        return None;
    };
    if schema.reference.is_none() {
        check_traits(traits.spot, &mut schema, problems);
    } else {
        check_beside_reference(traits.spot, node, problems);
    }
    let mut document = Document {
        root,
        traits: schema,
        targets: Vec::new(),
        links: HashMap::new(),
    };
    follow(&mut document, library, problems);
    Some(document)
}

/// The boot check wants `properties` in `traits` even beside a `$ref`, where nothing else looks at it.
fn check_beside_reference(spot: Spot, root: &Node<'_>, problems: &mut Problems) {
    let traits = root
        .member("properties")
        .and_then(|node| node.member("traits"));
    let properties = traits.and_then(|node| node.member("properties"));
    let has_one = properties
        .is_some_and(|node| matches!(&node.value, Value::Object(members) if !members.is_empty()));
    if !has_one {
        problems.report(
            spot,
            "`traits` is a `$ref`, and Kratos does not start if there is no `properties` with a trait beside it; write the schema here",
        );
    }
}

/// Reads what every `$ref` leads to, and what is referred to from there.
fn follow<'s>(document: &mut Document<'s>, library: &Library<'s>, problems: &mut Problems) {
    let mut found = Vec::new();
    in_schema(&document.root, &mut found);
    in_schema(&document.traits, &mut found);
    let mut read: HashMap<Spot, usize> = HashMap::new();
    while let Some(reference) = found.pop() {
        if document.links.contains_key(&reference.spot) {
            continue;
        }
        let node = match library.resolve(reference.spot, reference.value) {
            Target::Node(node) => node,
            Target::Nowhere => {
                problems.report(
                    reference.spot,
                    format!(
                        "there is nothing at {:?}, and Kratos fails at the first identity; write a path to a schema, such as \"#/definitions/name\"",
                        reference.value
                    ),
                );
                continue;
            }
            Target::Missing(url) => {
                problems.report(reference.spot, missing(&url));
                continue;
            }
        };
        let link = match read.get(&node.spot) {
            Some(link) => *link,
            None => {
                let Some(schema) = subschema::one("$ref", node, Region::Branch, problems) else {
                    continue;
                };
                in_one(&schema, &mut found);
                document.targets.push(schema);
                read.insert(node.spot, document.targets.len() - 1);
                document.targets.len() - 1
            }
        };
        document.links.insert(reference.spot, link);
    }
}

fn missing(url: &str) -> String {
    if url::is_on_network(url) {
        format!(
            "`$ref` leads to {url}, and nothing is fetched here; save that schema as a file and name it: `.map_ref({url:?}, \"FILE\")`"
        )
    } else if url::has_scheme(url) {
        let shown: String = url.chars().take(60).collect();
        format!(
            "`$ref` leads to {shown:?}, which is not read here; write the schema here, or in a file"
        )
    } else {
        format!(
            "`$ref` leads to the file {url:?}, which cannot be read; give the path of a file, relative to this one or to its `$id`"
        )
    }
}

fn in_one<'s>(schema: &SubSchema<'s>, found: &mut Vec<Found<&'s str>>) {
    if let SubSchema::Schema(schema) = schema {
        in_schema(schema, found);
    }
}

fn in_schema<'s>(schema: &Schema<'s>, found: &mut Vec<Found<&'s str>>) {
    found.extend(schema.reference);
    for below in schema.below() {
        in_one(below, found);
    }
}

fn check_root(members: &[Member<'_>], root: &Schema<'_>, problems: &mut Problems) {
    for member in members {
        if let Value::String(draft) = &member.node.value
            && member.key == "$schema"
            && !DRAFTS.contains(&&**draft)
        {
            problems.report(
                member.node.spot,
                format!(
                    "Kratos does not know the `$schema` {draft:?} and fails at the first identity; write {:?}",
                    DRAFTS[0]
                ),
            );
        }
    }
    if let Some(Found {
        spot,
        value: Types::One(kinds) | Types::Several(kinds),
    }) = root.types
        && !kinds.has(Kinds::OBJECT)
    {
        problems.warn(
            spot,
            Warning::UnsatisfiableSchema,
            "the root's `type` refuses every identity; write \"object\"",
        );
    }
    for name in root.required.iter().flat_map(|required| &required.value) {
        if name.value != "traits" {
            problems.warn(
                name.spot,
                Warning::UnsatisfiableSchema,
                format!(
                    "the root requires {:?}, but Kratos checks only `traits` here and so refuses every identity; write `\"required\": [\"traits\"]`, and require traits inside `traits`",
                    name.value
                ),
            );
        }
    }
}

fn take_traits<'s>(root: &mut Schema<'s>, problems: &mut Problems) -> Option<Property<'s>> {
    if root.reference.is_some() {
        problems.report(
            root.spot,
            format!("the root is a `$ref`, and Kratos ignores what is beside it; {WRITE_TRAITS}"),
        );
        return None;
    }
    let Some(properties) = &mut root.properties else {
        problems.report(
            root.spot,
            format!(
                "there is no `properties.traits`, which says what an identity is; {WRITE_TRAITS}"
            ),
        );
        return None;
    };
    let found = properties
        .value
        .iter()
        .position(|property| property.name == "traits");
    if let Some(index) = found {
        return Some(properties.value.swap_remove(index));
    }
    if properties.value.is_empty() && root.incomplete {
        return None;
    }
    let slip = properties
        .value
        .iter()
        .find(|property| suggest::nearest(property.name, &["traits"]).is_some());
    match slip {
        Some(property) => problems.report(
            property.spot,
            format!(
                "there is no `properties.traits`, but {:?}; did you mean `traits`?",
                property.name
            ),
        ),
        None => problems.report(
            properties.spot,
            format!(
                "there is no `properties.traits`, which says what an identity is; {WRITE_TRAITS}"
            ),
        ),
    }
    None
}

fn check_traits(spot: Spot, traits: &mut Schema<'_>, problems: &mut Problems) {
    match &mut traits.types {
        None => problems.report(
            spot,
            "`traits` has no `type`, and then every settings flow fails; write `\"type\": \"object\"` in it",
        ),
        Some(Found {
            value: Types::One(Kinds::OBJECT) | Types::Unknown,
            ..
        }) => {}
        Some(found) => {
            found.value = Types::Unknown;
            problems.report(
                found.spot,
                "the `type` of `traits` is not \"object\", and then Kratos does not start; write \"object\"",
            );
        }
    }
    let Some(properties) = &mut traits.properties else {
        problems.report(
            spot,
            "`traits` has no `properties`, and then Kratos does not start; write `\"properties\": { … }` with at least one trait",
        );
        return;
    };
    if properties.value.is_empty() && !traits.incomplete {
        problems.report(
            properties.spot,
            "`traits` has no trait, and then Kratos does not start; write at least one in `properties`",
        );
    }
    properties.value.retain(|property| match &property.schema {
        SubSchema::Schema(schema) => {
            check_verification(schema, problems);
            true
        }
        SubSchema::Bool(found) => {
            problems.report(
                found.spot,
                format!(
                    "the trait {:?} is a boolean, and then Kratos does not start; write an object, such as `{{ \"type\": \"string\" }}`",
                    property.name
                ),
            );
            traits.incomplete = true;
            false
        }
    });
}

fn check_verification(schema: &Schema<'_>, problems: &mut Problems) {
    if let (Some(extension), Some(format)) = (&schema.extension, &schema.format)
        && extension.verification
        && !VERIFIABLE.contains(&format.value)
    {
        let hint = suggest::hint(format.value, &VERIFIABLE);
        problems.report(
            format.spot,
            format!(
                "the format {:?} beside `ory.sh/kratos.verification`, and then Kratos does not start{hint}",
                format.value
            ),
        );
    }
}
