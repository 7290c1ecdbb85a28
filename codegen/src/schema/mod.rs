//! Reading: JSON with positions, JSON Schema with the keyword `ory.sh/kratos`, and what Kratos refuses.
//!
//! This module does not know Rust and does not decide which schemas can become types: `model` and `rust` do.

mod document;
mod extension;
mod json;
mod keywords;
mod number;
mod pattern;
mod reader;
mod refs;
mod shape;
mod source;
mod tree;

pub(crate) use document::{Document, document};
pub(crate) use extension::{Channel, Credential, Role};
pub(crate) use json::{Node, Value, deeper_than, parse};
pub(crate) use keywords::{Keyword, is_enforced};
pub(crate) use number::Number;
#[cfg(feature = "kratos-config")]
pub(crate) use refs::decode_base64;
pub(crate) use refs::{
    SchemaSet, bundled, modernized, pointers, push_part, read_files, schema_set, sources,
};
pub(crate) use source::{Problems, Source, Spot};
pub(crate) use tree::{Dependent, Found, Kinds, Rule, Schema, SubSchema, Types, Within};
