//! What the `$ref`s of a document lead to.

use std::collections::HashMap;

use super::set::{SchemaSet, Target};
use super::url;
use crate::schema::extension::{Region, check_strictly};
use crate::schema::keywords::Keyword;
use crate::schema::reader::Reader;
use crate::schema::report::Problems;
use crate::schema::source::Spot;
use crate::schema::tree::{Found, Schema, SubSchema};

/// By the place of a `$ref`: which of the targets it leads to.
pub(in crate::schema) type Links = HashMap<Spot, usize>;

/// Reads what every `$ref` in `schemas` leads to, and what is referred to from there.
pub(in crate::schema) fn resolve_references<'s>(
    schemas: [&Schema<'s>; 2],
    set: &SchemaSet<'s>,
    problems: &mut Problems,
) -> (Vec<SubSchema<'s>>, Links) {
    let mut found = Vec::new();
    for schema in schemas {
        in_schema(schema, &mut found);
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
                problems.report(reference.spot, itself(reference.value));
                continue;
            }
            Target::Missing(url) => {
                problems.report(reference.spot, missing(&url));
                continue;
            }
        };
        if set.is_local(node.spot) && !url::names_a_file(reference.value) {
            problems.report(
                reference.spot,
                format!(
                    "Kratos opens no file whose name a URL cannot hold as it is, like that of {:?}; rename the file with letters, digits, `-`, `.` and `_`",
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
                in_one(&schema, &mut found);
                targets.push(schema);
                read.insert(node.spot, targets.len() - 1);
                targets.len() - 1
            }
        };
        links.insert(reference.spot, link);
    }
    (targets, links)
}

fn itself(written: &str) -> String {
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

fn missing(url: &str) -> String {
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
