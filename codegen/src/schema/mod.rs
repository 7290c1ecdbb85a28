//! Reading: JSON with positions, JSON Schema with the keyword `ory.sh/kratos`, and what Kratos refuses.
//!
//! Nothing here knows Rust or decides which constructs can become types; that is for `model` and `rust`.

mod boot;
mod document;
mod draft;
mod extension;
mod json;
mod keywords;
mod kinds;
mod nesting;
mod number;
mod parse;
mod pattern;
mod refs;
mod report;
mod role;
mod rules;
mod shape;
mod source;
mod subschema;
mod surrogates;
mod tree;
mod unknown;
mod worth;

pub(crate) use document::{Document, document};
pub(crate) use draft::modernised;
pub(crate) use json::{Node, Value};
pub(crate) use kinds::Kinds;
pub(crate) use nesting::deeper_than;
pub(crate) use number::Number;
pub(crate) use parse::parse;
pub(crate) use refs::{
    SchemaSet, bundled, decode_base64, pointers, push_part, read_files, schema_set, sources,
};
pub(crate) use report::Problems;
pub(crate) use role::{Channel, Credential, Role};
pub(crate) use source::{Source, Spot};
pub(crate) use tree::{Dependent, Found, Property, Rule, Schema, SubSchema, Types};
pub(crate) use unknown::is_enforced;
