//! Typed Ory Kratos traits, checked settings updates, and a settings flow that loses nothing.
//!
//! Three steps lead from an identity schema to a change that Kratos has saved:
//!
//! 1. `kratos-traits-codegen` reads the identity schema and writes Rust types: one struct for the
//!    traits, with the facts that Kratos keeps about each of them ([`IdentityTraits::SCHEMA`]).
//! 2. [`SettingsUpdate`] is derived for a struct of the application that names the traits a person
//!    may change. What the schema does not allow does not compile.
//! 3. The settings flow (feature `reqwest`: `Client`) carries the update to Kratos and answers with
//!    one `Outcome`: saved, invalid, re-authentication needed, …
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | none | types, derive, patches and checks: no HTTP in the tree |
//! | `flow` | the settings flow as a sans-IO state machine over `http::Request` and `http::Response` |
//! | `reqwest` | the async client (reqwest with rustls) |
//! | `fake` | an in-process stand-in for Kratos on 127.0.0.1, for tests |

mod change;
pub mod check;
mod document;
mod edits;
mod facts;
#[cfg(feature = "fake")]
pub mod fake;
#[cfg(feature = "flow")]
pub mod flow;
mod identifiers;
pub mod marker;
mod members;
mod patch;
mod path;
mod private;
mod problem;
mod raw;
mod schemas;
mod update;

#[cfg(feature = "reqwest")]
mod client;

#[doc(inline)]
pub use kratos_traits_macros::{SettingsUpdate, include_schema};

pub use crate::change::Change;
#[cfg(feature = "reqwest")]
pub use crate::client::{Client, ClientError, Settings};
pub use crate::document::{Document, Outdated};
pub use crate::edits::{Edits, Field};
pub use crate::facts::{
    Channel, Credential, IdentityTraits, Role, Schema, TraitAt, TraitFacts, TraitsObject,
};
#[cfg(feature = "flow")]
pub use crate::flow::{Error, Outcome, Pending, PublicUrl, SessionToken};
pub use crate::patch::Patch;
pub use crate::path::TraitPath;
pub use crate::problem::{Message, MessageId, Problem};
pub use crate::raw::{NotAnObject, RawTraits};
pub use crate::schemas::SchemaIdError;
pub use crate::update::{SettingsUpdate, Unprivileged, UpdaterField};

/// A JSON object whose members the schema does not name.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;
/// Any JSON value: a trait of which the schema says no type.
pub type JsonValue = serde_json::Value;

/// For generated code and the derive only: not covered by any promise of stability.
#[doc(hidden)]
pub mod __private {
    pub use crate::private::*;
}
