//! The traits of a person: what the schema says of them, where each stands, and the stored document.

pub(crate) mod choice;
pub(crate) mod document;
pub(crate) mod editing;
pub(crate) mod facts;
pub mod marker;
pub(crate) mod path;
#[cfg(feature = "flow")]
pub(crate) mod places;
#[cfg(test)]
pub(crate) mod random_tests;
pub(crate) mod raw;
pub(crate) mod schemas;
pub(crate) mod splice;
pub(crate) mod string;
pub(crate) mod tree;
pub(crate) mod typed;
