//! Resolves the `$ref`s of a document and reads the schemas that they lead to.

use std::collections::HashMap;

use super::{SchemaSet, Target, url};
use crate::schema::extension::{Region, check_strictly};
use crate::schema::json::Node;
use crate::schema::keywords::Keyword;
use crate::schema::reader::Reader;
use crate::schema::source::{Problems, Spot};
use crate::schema::tree::{Found, Schema, SubSchema};

/// The index of the target for the place of each `$ref`.
pub(in crate::schema) type Links = HashMap<Spot, usize>;

/// Reads the schemas that the `$ref`s in `schemas` lead to, and those that the `$ref`s in them lead to.
pub(in crate::schema) fn resolve_references<'s>(
    schemas: [&Schema<'s>; 2],
    set: &SchemaSet<'s>,
    problems: &mut Problems,
) -> (Vec<SubSchema<'s>>, Links) {
    let mut found = Vec::new();
    for schema in schemas {
        collect(schema, &mut found);
    }
    let mut targets = Vec::new();
    let mut links = Links::new();
    let mut read: HashMap<Spot, usize> = HashMap::new();
    while let Some(reference) = found.pop() {
        if links.contains_key(&reference.spot) {
            continue;
        }
        let node = match resolve(set, reference) {
            Ok(node) => node,
            Err(message) => {
                problems.report(reference.spot, message);
                continue;
            }
        };
        if set.is_local(node.spot) && !url::names_a_file(reference.value) {
            problems.report(
                reference.spot,
                format!(
                    "Kratos percent-encodes the name of the file {:?} and does not find it; rename the file using only letters, digits, `-`, `.` and `_`",
                    reference.value
                ),
            );
        }
        let link = match read.get(&node.spot) {
            Some(link) => *link,
            None => {
                check_strictly(node, problems);
                let draft = set.draft(node.spot);
                let mut reader = Reader { draft, problems };
                let Some(schema) = reader.one(Keyword::Ref.name(), node, Region::Traits) else {
                    continue;
                };
                if let SubSchema::Schema(schema) = &schema {
                    collect(schema, &mut found);
                }
                targets.push(schema);
                read.insert(node.spot, targets.len() - 1);
                targets.len() - 1
            }
        };
        links.insert(reference.spot, link);
    }
    (targets, links)
}

/// What a `$ref` leads to, or the message if it does not resolve.
fn resolve<'s>(set: &SchemaSet<'s>, reference: Found<&str>) -> Result<&'s Node<'s>, String> {
    let written = reference.value;
    let fragment = url::split(written).1;
    let own = format!("#{fragment}");
    Err(match set.resolve(reference.spot, written) {
        Target::Node(node) => return Ok(node),
        Target::Nowhere => format!(
            "there is no schema at {written:?}, so Kratos fails at the first identity; write a path to a schema, such as \"#/definitions/name\""
        ),
        Target::Itself if fragment.is_empty() || fragment.starts_with('/') => {
            format!("`$ref` names its own file, which Kratos does not find; write {own:?}")
        }
        Target::Itself => format!(
            "there is no schema with the `$id` {own:?} where Kratos looks for one, so Kratos fails at the first identity; write a path to a schema, such as \"#/definitions/name\""
        ),
        Target::Missing(url) if url::is_on_network(&url) => format!(
            "`$ref` leads to {url}, but the generator does not use the network; save that schema as a file and map the URL to it: `.map_ref(NAME, {url:?}, \"FILE\")` in a build script, `--map-ref {url}=FILE` on the command line, or `refs.{url:?} = \"FILE\"` in kratos-traits.toml"
        ),
        Target::Missing(url) if url::has_scheme(&url) => {
            let shown: String = url.chars().take(60).collect();
            format!(
                "`$ref` leads to {shown:?}, a kind of URL that the generator does not read; write the schema here, or in a file"
            )
        }
        Target::Missing(url) => format!(
            "`$ref` leads to the file {url:?}, which cannot be read; write the path of a file, relative to this file or to its `$id`"
        ),
    })
}

/// Every `$ref` in `schema`.
fn collect<'s>(schema: &Schema<'s>, found: &mut Vec<Found<&'s str>>) {
    found.extend(schema.reference);
    for (_, below) in schema.below() {
        if let SubSchema::Schema(below) = below {
            collect(below, found);
        }
    }
}
