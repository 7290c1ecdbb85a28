//! The rules of Kratos that an identity schema does not express. Each rule names its source.

pub(crate) mod extension;
pub(crate) mod form_decoder;
#[cfg(test)]
mod form_decoder_tests;
mod form_paths;
pub(crate) mod identifiers;
pub(crate) mod roles;
pub(crate) mod schema_from_text;
