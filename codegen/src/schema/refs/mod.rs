//! `$ref` across files: finding and reading the files, resolving references, bundling them into one schema, and draft-04.
//!
//! Most identity schemas refer to nothing outside themselves and use draft-07; they pass through here without any of this work.

mod base64;
mod bundle;
mod draft04;
mod files;
mod go_url;
mod pointers;
mod resolve;
mod set;
mod url;

#[cfg(feature = "kratos-config")]
pub(crate) use base64::decode as decode_base64;
pub(crate) use bundle::bundled;
pub(in crate::schema) use draft04::check_draft04;
pub(crate) use draft04::modernized;
pub(crate) use files::{read_files, schema_set, sources};
pub(super) use go_url::is_url_reference;
pub(crate) use pointers::{pointers, push_part};
pub(super) use resolve::{Links, resolve_references};
pub(crate) use set::SchemaSet;
