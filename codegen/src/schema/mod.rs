//! Reading: JSON with positions, JSON Schema with the keyword `ory.sh/kratos`, and what Kratos refuses.
//!
//! This module does not know Rust and does not decide which schemas can become types: `model` and `rust` do.

mod document;
mod extension;
mod json;
mod keywords;
mod name_pattern;
mod number;
mod pattern;
mod reader;
mod refs;
mod shape;
mod source;
mod tree;

pub(crate) use document::{Document, document};
pub(crate) use extension::{Channel, Credential, Role};
pub(crate) use json::{Node, Value, deeper_than};
pub(crate) use keywords::{Keyword, is_enforced};
pub(crate) use name_pattern::can_match;
pub(crate) use number::Number;
#[cfg(feature = "kratos-config")]
pub(crate) use refs::decode_base64;
pub(crate) use refs::{
    ParsedFile, SchemaSet, bundled, parse_files, pointers, push_part, read_files,
};
#[cfg(feature = "toml")]
pub(crate) use source::Source;
pub(crate) use source::{Problems, Spot};
pub(crate) use tree::{Dependent, Found, Kinds, Rule, Schema, SubSchema, Types, Within};
