//! Reads an Ory Kratos identity schema and writes typed Rust traits.
//!
//! An identity schema is JSON Schema with the keyword `ory.sh/kratos`, which gives roles to traits: identifier at login, address to
//! verify, address for recovery. The generated Rust is plain serde structs and enums, and one table of facts for the crate
//! `kratos-traits`.
//!
//! In a build script:
//!
//! ```no_run
//! // build.rs, in `fn main`
//! kratos_traits_codegen::Config::new()
//!     .schema("customer", "schemas/customer.schema.json")
//!     .compile(); // writes $OUT_DIR/customer.rs
//! ```
//!
//! Or as a function, for a tool of your own:
//!
//! ```
//! use kratos_traits_codegen::{Options, generate};
//!
//! let schema = r#"{
//!   "properties": {
//!     "traits": {
//!       "type": "object",
//!       "properties": { "nickname": { "type": "string" } },
//!       "additionalProperties": false
//!     }
//!   }
//! }"#;
//! let generated = generate("guest", "guest.schema.json", schema, &Options::new())?;
//! assert!(generated.rust.contains("pub struct GuestTraits {"));
//! # Ok::<(), kratos_traits_codegen::Errors>(())
//! ```
//!
//! Data flows one way: `schema` reads the schema and reports what Kratos refuses, `model` describes the traits in Kratos's terms, and
//! `rust` names and writes the types. [`Config`] and the command `kratos-traits` (feature `cli`) are two front ends for these steps.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod config;
mod diagnostics;
mod generate;
mod input;
#[cfg(feature = "kratos-config")]
mod kratos_yml;
mod model;
mod rust;
mod schema;
mod settings;
mod stack;

pub use config::{Config, Output};
pub use diagnostics::{Errors, Problem, Severity};
pub use generate::{Generated, generate, generate_file};
pub use settings::Options;
#[cfg(feature = "cli")]
pub use settings::settings_schema;

/// The example in the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
