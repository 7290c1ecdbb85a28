//! Typed traits and checked settings updates for applications that use Ory Kratos.
//!
//! Three steps lead from an identity schema to a saved change:
//!
//! 1. `kratos-traits-codegen` reads the identity schema and generates plain serde structs, and one table
//!    with the facts of each trait ([`IdentityTraits::schema`]).
//! 2. The application derives [`SettingsUpdate`] for a struct with the traits that a person may change.
//!    A field that does not match the schema is a compile error. If the fields are known only at run
//!    time, the application fills a [`Patch`].
//! 3. A client (feature `reqwest`: `Client`) sends the update to Kratos and returns one `Outcome`: saved,
//!    invalid, re-authentication needed, and so on.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # mod app {
//! # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
//! // kratos_traits::include_schema!("customer"); with a build script that generates it
//! use customer::CustomerTraits;
//! use kratos_traits::{Client, Error, Outcome, SessionToken, SettingsUpdate};
//!
//! #[derive(SettingsUpdate)]
//! #[kratos(traits = CustomerTraits, privileged)]
//! struct ChangeContact {
//!     email: Option<String>,
//!     nickname: Option<Option<String>>,
//! }
//!
//! async fn save(client: &Client, session: &SessionToken, change: &ChangeContact) -> Result<(), Error> {
//!     match client.settings(session).update(change).await? {
//!         Outcome::Saved(saved) => println!("saved for {}", saved.identity.id),
//!         Outcome::ReauthenticationNeeded(pending) => { /* keep `pending`, log in again, resume */ }
//!         other => println!("not saved: {other:?}"),
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! # Where to read on
//!
//! | to | see |
//! |---|---|
//! | build an update at run time | [`Patch`] |
//! | send requests with any HTTP client | `client::PublicClient`: `settings`, `login`, `whoami`, `forwarding` (the cookies of a browser), `in_browser` |
//! | handle every result of an update | `Outcome` |
//! | store a change until the person has logged in | `Pending`: `seal`, `expose_in_clear` |
//! | predict whether a fresh login will be needed | `forecast` |
//! | save traits without a login of the person | `AdminClient`, `admin` |
//! | test an application | the crate `kratos-traits-fake` |
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | none | types, derive, patches and checks; no HTTP dependency |
//! | `flow` | the settings flow as a sans-IO state machine over `http::Request` and `http::Response`, and clients over any HTTP client |
//! | `reqwest` | the async client (reqwest with rustls; in a browser, on `wasm32-unknown-unknown`, fetch) |
//! | `blocking` | the blocking client (ureq with rustls): `blocking::Client` |
//! | `tracing` | a span `kratos` for each call, with the fields `flow`, `traits` (their names) and `outcome`, and events inside; no values |
//! | `seal` | encryption of pending changes, to store them where others can read and write |
//!
//! Features are additive. The public API uses types of `serde` 1, `serde_json` 1 and, with `flow`, `http` 1, but none of
//! reqwest, ureq, hyper or secrecy.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "flow")]
pub mod admin;
mod check;
#[cfg(feature = "flow")]
pub mod client;
/// Requests to Kratos and their answers.
#[cfg(feature = "flow")]
pub mod exchange {
    pub use crate::http::*;
}
/// The self-service flows of Kratos.
#[cfg(feature = "flow")]
pub mod flow {
    pub use crate::http::answer::Refusal;
    pub use crate::http::continue_with::ContinueWith;
    pub use crate::http::messages::Invalid;
    pub use crate::login::*;
    pub use crate::settings::*;
    pub use crate::update::difference::{Difference, Differing};
    pub use crate::update::merge::Conflicted;
}
#[cfg(feature = "flow")]
pub mod forecast;
pub mod form;
#[doc(hidden)]
pub mod generated;
#[cfg(feature = "flow")]
mod http;
#[cfg(feature = "flow")]
pub mod identity;
mod json;
mod kratos;
#[cfg(feature = "flow")]
mod login;
mod private;
mod problem;
#[cfg(feature = "flow")]
pub mod session;
#[cfg(feature = "flow")]
mod settings;
mod traits;
mod update;

#[doc(inline)]
#[doc = include_str!("derive.md")]
pub use kratos_traits_macros::SettingsUpdate;
#[doc(inline)]
pub use kratos_traits_macros::include_schema;

#[cfg(feature = "flow")]
pub use crate::admin::AdminOutcome;
#[cfg(any(feature = "blocking", feature = "reqwest"))]
pub use crate::client::ClientError;
#[cfg(feature = "blocking")]
pub use crate::client::blocking;
#[cfg(feature = "reqwest")]
pub use crate::client::{AdminClient, Client};
pub use crate::generated::UnknownValue;
#[cfg(feature = "flow")]
pub use crate::http::timestamp::Timestamp;
#[cfg(feature = "flow")]
pub use crate::http::{
    AdminToken, AdminUrl, BrowserCookies, Error, PublicUrl, Relayed, SessionToken, SetCookies,
};
#[cfg(feature = "flow")]
pub use crate::identity::Identity;
pub use crate::json::path::TraitPath;
pub use crate::problem::{Message, MessageId, Problem};
#[cfg(feature = "flow")]
pub use crate::session::Session;
pub use crate::traits::document::{Document, ReadTraits, Unreadable};
pub use crate::traits::facts::{
    Channel, Credential, IdentityTraits, Role, Schema, TraitFacts, TraitsObject,
};
pub use crate::traits::from_text::SchemaError;
pub use crate::traits::marker;
pub use crate::traits::raw::{NotAnObject, RawTraits};
pub use crate::update::change::Change;
pub use crate::update::field::Field;
pub use crate::update::patch::Patch;
pub use crate::update::set::UnnamedError;
pub use crate::update::updater::{SettingsUpdate, Unprivileged};
#[cfg(feature = "flow")]
pub use crate::{
    login::LoginOutcome,
    settings::{Outcome, Pending},
};

/// A JSON object whose members the schema does not name.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;
/// Any JSON value: the type of a trait that has no precise Rust type.
pub type JsonValue = serde_json::Value;

/// The table of an identity schema. Written by `kratos-traits-codegen`, not by hand.
#[doc(hidden)]
#[macro_export]
macro_rules! schema {
    ($($table:tt)*) => {
        $crate::__private::schema_table! { [$crate] $($table)* }
    };
}

/// For generated code and the derive only. Not part of the public API; it may change in any release.
#[doc(hidden)]
pub mod __private {
    pub use crate::private::*;
}
