//! Reading: JSON with positions, JSON Schema with the keyword `ory.sh/kratos`, and what Kratos refuses.
//!
//! This module does not know Rust and does not decide which schemas can become types: `model` and `rust` do.

mod document;
mod draft;
mod extension;
mod json;
mod keywords;
mod kinds;
mod number;
mod parse;
mod pattern;
mod reader;
mod refs;
mod report;
mod role;
mod shape;
mod source;
mod tree;
mod unknown;

pub(crate) use document::{Document, document};
pub(crate) use json::{Node, Value};
pub(crate) use keywords::Keyword;
pub(crate) use kinds::Kinds;
pub(crate) use number::Number;
pub(crate) use parse::{deeper_than, parse};
#[cfg(feature = "kratos-config")]
pub(crate) use refs::decode_base64;
pub(crate) use refs::{
    SchemaSet, bundled, modernized, pointers, push_part, read_files, schema_set, sources,
};
pub(crate) use report::Problems;
pub(crate) use role::{Channel, Credential, Role};
pub(crate) use source::{Source, Spot};
pub(crate) use tree::{Dependent, Found, Rule, Schema, SubSchema, Types, Within};
pub(crate) use unknown::is_enforced;
