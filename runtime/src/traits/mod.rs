//! The traits of a person: the facts of the schema, paths, and the stored document.

pub(crate) mod document;
pub(crate) mod facts;
pub mod marker;
pub(crate) mod raw;
pub(crate) mod typed;
