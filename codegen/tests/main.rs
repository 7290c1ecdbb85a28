//! The generator, by its public API and its command.

mod build_script;
#[cfg(feature = "cli")]
mod cli;
mod common;
mod config;
mod corpus;
mod derives;
mod golden;
mod hostile;
#[cfg(feature = "kratos-config")]
mod kratos_config;
mod lossless;
#[cfg(feature = "cli")]
mod messages;
mod names;
mod policy;
mod random;
mod references;
mod refused_document;
mod refused_extension;
mod refused_json;
mod refused_keywords;
mod role_places;
mod roles;
mod settings;
#[cfg(feature = "cli")]
mod settings_docs;
#[cfg(feature = "toml")]
mod settings_file;
mod types;
mod unsatisfiable;
mod warnings;
