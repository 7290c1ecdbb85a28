//! The traits of a person: the facts of the schema, paths, and the stored document.

pub(crate) mod document;
pub(crate) mod editing;
pub(crate) mod facts;
pub(crate) mod from_text;
pub mod marker;
pub(crate) mod raw;
pub(crate) mod splice;
pub(crate) mod string;
pub(crate) mod tree;
pub(crate) mod typed;
