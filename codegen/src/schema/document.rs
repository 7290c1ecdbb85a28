//! The rules of Kratos for the document as a whole: those checked at boot, at the first identity, and in every settings flow.

use super::extension::{self, Region};
use super::json::{Node, Value};
use super::keywords::{Applies, Draft, Keyword, check_draft};
use super::reader::Reader;
use super::refs::{Links, SchemaSet, check_draft04, resolve_references};
use super::source::{Problems, Spot};
use super::tree::{Found, Kinds, Property, Schema, SubSchema, Types};
use crate::diagnostics::{Warning, nearest};

/// An identity schema: the root, and the schema at `properties.traits`.
#[derive(Debug)]
pub(crate) struct Document<'s> {
    pub(crate) root: Schema<'s>,
    pub(crate) traits: Box<Schema<'s>>,
    /// The schemas that the `$ref`s lead to, and the index of one of them for the place of each `$ref`.
    targets: Vec<SubSchema<'s>>,
    links: Links,
}

impl<'s> Document<'s> {
    /// The schema that the `$ref` of `schema` leads to; `None` without a `$ref`, or with one that was reported as wrong.
    pub(crate) fn target(&self, schema: &Schema<'s>) -> Option<&SubSchema<'s>> {
        let link = self.links.get(&schema.reference?.spot)?;
        self.targets.get(*link)
    }
}

const WRITE_TRAITS: &str =
    r#"write `"traits": { "type": "object", "properties": { … } }` inside `"properties"`"#;

pub(crate) fn document<'s>(set: &SchemaSet<'s>, problems: &mut Problems) -> Option<Document<'s>> {
    let node = set.files.first()?.node;
    check_size(set, problems);
    let Value::Object(members) = &node.value else {
        problems.report(
            node.spot,
            format!(
                "expected an object as the identity schema, found {}; {WRITE_TRAITS}",
                node.kind()
            ),
        );
        return None;
    };
    let draft = Draft::of(node);
    let mut root = Reader { draft, problems }.schema(node, members, Region::Root);
    for file in &set.files {
        check_draft(file.node, problems);
    }
    check_draft04(node, problems);
    check_root(&root, problems);
    for member in members {
        if Keyword::of(&member.key).is_some_and(leads_to_traits) {
            roles_beside_traits(&member.node, problems);
        }
    }
    extension::check_at_boot(node, problems);
    let traits = take_traits(&mut root, problems)?;
    let SubSchema::Schema(mut schema) = traits.schema else {
        problems.report(
            traits.spot,
            format!("`traits` is a boolean, but Kratos requires an object; {WRITE_TRAITS}"),
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
        links: Links::new(),
    };
    (document.targets, document.links) =
        resolve_references([&document.root, &document.traits], set, problems);
    Some(document)
}

/// Kratos reads only this many bytes when it starts, so a longer schema is cut off.
const MOST_BYTES: usize = 1 << 20;

fn check_size(set: &SchemaSet<'_>, problems: &mut Problems) {
    let Some(file) = set.files.first() else {
        return;
    };
    let bytes = file.source.text.trim_end().len();
    if bytes > MOST_BYTES {
        problems.report(
            file.node.spot,
            format!("the schema has {bytes} bytes, and Kratos does not start with more than {MOST_BYTES}; shorten it"),
        );
    }
}

/// Whether Kratos applies schemas in this keyword of the root to the traits, beside the one at `properties.traits`.
fn leads_to_traits(keyword: Keyword) -> bool {
    match keyword.applies() {
        Some(Applies::Value) => true,
        Some(Applies::Members) => keyword == Keyword::PatternProperties,
        Some(Applies::MemberNames | Applies::Items | Applies::Nothing) | None => false,
    }
}

/// Warns of roles in a keyword of the root: a reader of the schema does not expect them there.
fn roles_beside_traits(node: &Node<'_>, problems: &mut Problems) {
    for member in node.members() {
        if member.key == Keyword::Extension.name() {
            problems.warn(
                member.spot,
                Warning::MisplacedRole,
                "`ory.sh/kratos` outside of `properties.traits`: Kratos applies it to the traits; write it at the trait",
            );
        } else {
            roles_beside_traits(&member.node, problems);
        }
    }
    if let Value::Array(items) = &node.value {
        items
            .iter()
            .for_each(|item| roles_beside_traits(item, problems));
    }
}

/// The boot check requires `properties` in `traits` also beside a `$ref`, where everything else ignores it.
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
            "`traits` is a `$ref`, and Kratos does not start unless `properties` with at least one trait is beside it; write the schema of the traits here",
        );
    }
}

fn check_root(root: &Schema<'_>, problems: &mut Problems) {
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
            format!("the root is a `$ref`, so Kratos ignores everything beside it; {WRITE_TRAITS}"),
        );
        return None;
    }
    let Some(properties) = &mut root.properties else {
        problems.report(
            root.spot,
            format!("`properties.traits`, the schema of the traits, is missing; {WRITE_TRAITS}"),
        );
        return None;
    };
    let found = properties
        .value
        .iter()
        .position(|property| property.name == "traits");
    if let Some(index) = found {
        warn_of_other_properties(&properties.value, problems);
        return Some(properties.value.swap_remove(index));
    }
    if properties.value.is_empty() && root.incomplete {
        return None;
    }
    let slip = properties
        .value
        .iter()
        .find(|property| nearest(property.name, &["traits"]).is_some());
    match slip {
        Some(property) => problems.report(
            property.spot,
            format!(
                "`properties.traits` is missing, but there is {:?}; did you mean `traits`?",
                property.name
            ),
        ),
        None => problems.report(
            properties.spot,
            format!("`properties.traits`, the schema of the traits, is missing; {WRITE_TRAITS}"),
        ),
    }
    None
}

/// Kratos checks only `traits` with the schema, not the rest of an identity.
fn warn_of_other_properties(properties: &[Property<'_>], problems: &mut Problems) {
    for property in properties.iter().filter(|one| one.name != "traits") {
        problems.warn(
            property.spot,
            Warning::IgnoredRootProperty,
            format!(
                "Kratos checks only `traits` with the identity schema, so {:?} beside it has no effect; remove it, or move it into the `properties` of `traits` if it is a trait",
                property.name
            ),
        );
    }
}

fn check_traits(spot: Spot, traits: &mut Schema<'_>, problems: &mut Problems) {
    match &mut traits.types {
        None => problems.report(
            spot,
            "`traits` has no `type`, so every settings flow fails; write `\"type\": \"object\"` in it",
        ),
        Some(Found {
            value: Types::One(Kinds::OBJECT) | Types::Unknown,
            ..
        }) => {}
        Some(found) => {
            found.value = Types::Unknown;
            problems.report(
                found.spot,
                "the `type` of `traits` is not \"object\", so Kratos does not start; write \"object\"",
            );
        }
    }
    let Some(properties) = &mut traits.properties else {
        problems.report(
            spot,
            "`traits` has no `properties`, so Kratos does not start; write `\"properties\": { … }` with at least one trait",
        );
        return;
    };
    if properties.value.is_empty() && !traits.incomplete {
        problems.report(
            properties.spot,
            "the `properties` of `traits` are empty, so Kratos does not start; write at least one trait",
        );
    }
    properties.value.retain(|property| match &property.schema {
        SubSchema::Schema(_) => true,
        SubSchema::Bool(found) => {
            let hint = if Keyword::of(property.name).is_some() {
                "if you mean the keyword, move it out of `properties`"
            } else {
                "write an object, such as `{ \"type\": \"string\" }`"
            };
            problems.report(
                found.spot,
                format!(
                    "the trait {:?} is a boolean, so Kratos does not start; {hint}",
                    property.name
                ),
            );
            traits.incomplete = true;
            false
        }
    });
}
