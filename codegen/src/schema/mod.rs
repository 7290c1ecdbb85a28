//! Reading: JSON with positions, JSON Schema with the keyword `ory.sh/kratos`, and what Kratos refuses.
//!
//! Nothing here knows Rust or decides which constructs can become types; that is for `model` and `rust`.

mod document;
mod extension;
mod json;
mod keywords;
mod parse;
mod report;
mod shape;
mod source;
mod subschema;
mod suggest;

pub(crate) use document::{Document, document};
pub(crate) use extension::{Channel, Role};
pub(crate) use json::{Node, Value};
pub(crate) use keywords::{Found, JsonType, Property, Rule, Schema, SubSchema, Types};
pub(crate) use parse::parse;
pub(crate) use report::Problems;
pub(crate) use source::{Place, Source, Spot};
#[cfg(feature = "toml")]
pub(crate) use suggest::hint;
pub(crate) use suggest::nearest;
