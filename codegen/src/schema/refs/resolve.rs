//! Resolves the `$ref`s of a document and reads the schemas that they lead to.

use std::collections::HashMap;

use super::set::{SchemaSet, Target};
use super::url;
use crate::schema::extension::{Region, check_strictly};
use crate::schema::keywords::Keyword;
use crate::schema::reader::Reader;
use crate::schema::report::Problems;
use crate::schema::source::Spot;
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
        collect_references(schema, &mut found);
    }
    let mut targets = Vec::new();
    let mut links = Links::new();
    let mut read: HashMap<Spot, usize> = HashMap::new();
    while let Some(reference) = found.pop() {
        if links.contains_key(&reference.spot) {
            continue;
        }
        let node = match set.resolve(reference.spot, reference.value) {
            Target::Node(node) => node,
            Target::Nowhere => {
                problems.report(
                    reference.spot,
                    format!(
                        "there is no schema at {:?}, so Kratos fails at the first identity; write a path to a schema, such as \"#/definitions/name\"",
                        reference.value
                    ),
                );
                continue;
            }
            Target::Itself => {
                problems.report(reference.spot, own_file_message(reference.value));
                continue;
            }
            Target::Missing(url) => {
                problems.report(reference.spot, missing_file_message(&url));
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
                collect_in(&schema, &mut found);
                targets.push(schema);
                read.insert(node.spot, targets.len() - 1);
                targets.len() - 1
            }
        };
        links.insert(reference.spot, link);
    }
    (targets, links)
}

/// The message for a `$ref` that names the file that it is in.
fn own_file_message(written: &str) -> String {
    let fragment = url::split(written).1;
    if fragment.is_empty() || fragment.starts_with('/') {
        format!(
            "`$ref` names its own file, which Kratos does not find; write {:?}",
            format!("#{fragment}")
        )
    } else {
        format!(
            "there is no schema with the `$id` {:?} where Kratos looks for one, so Kratos fails at the first identity; write a path to a schema, such as \"#/definitions/name\"",
            format!("#{fragment}")
        )
    }
}

/// The message for a `$ref` to a file that was not read.
fn missing_file_message(url: &str) -> String {
    if url::is_on_network(url) {
        format!(
            "`$ref` leads to {url}, but the generator does not use the network; save that schema as a file and map the URL to it: `.map_ref(NAME, {url:?}, \"FILE\")` in a build script, `--map-ref {url}=FILE` on the command line, or `refs.{url:?} = \"FILE\"` in kratos-traits.toml"
        )
    } else if url::has_scheme(url) {
        let shown: String = url.chars().take(60).collect();
        format!(
            "`$ref` leads to {shown:?}, a kind of URL that the generator does not read; write the schema here, or in a file"
        )
    } else {
        format!(
            "`$ref` leads to the file {url:?}, which cannot be read; write the path of a file, relative to this file or to its `$id`"
        )
    }
}

fn collect_in<'s>(schema: &SubSchema<'s>, found: &mut Vec<Found<&'s str>>) {
    if let SubSchema::Schema(schema) = schema {
        collect_references(schema, found);
    }
}

fn collect_references<'s>(schema: &Schema<'s>, found: &mut Vec<Found<&'s str>>) {
    found.extend(schema.reference);
    for (_, below) in schema.below() {
        collect_in(below, found);
    }
}
