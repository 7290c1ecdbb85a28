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
//!         Outcome::ReauthenticationRequired(pending) => { /* keep `pending`, log in again, resume */ }
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
//! | change traits, log in, read the session | `Client` |
//! | do so for the browser whose request a server handles | `BrowserCookies` |
//! | do so without an async runtime | `blocking::Client` |
//! | use another HTTP client, or a proxy | `Client::with`, `client::HttpClient` |
//! | handle every result of an update | `Outcome` |
//! | store a change until the person has logged in | `Pending`: `seal`, `to_plaintext` |
//! | predict whether a fresh login will be needed | `forecast` |
//! | save traits without a login of the person | `AdminClient` |
//! | test an application | the crate `kratos-traits-fake` |
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | none | types, derive, patches and checks; no HTTP dependency |
//! | `client` | the clients, for any HTTP client; no HTTP client of its own |
//! | `reqwest` | `Client::new` and `AdminClient::new`: reqwest with rustls; in a browser, on `wasm32-unknown-unknown`, fetch |
//! | `blocking` | `blocking::Client::new` and `blocking::AdminClient::new`: ureq with rustls |
//! | `tracing` | a span `kratos` for each call, with the fields `flow`, `traits` (their names) and `outcome`, and events inside; no values |
//! | `seal` | encryption of pending changes, to store them where others can read and write |
//!
//! Features are additive. The public API uses types of `serde` 1, `serde_json` 1 and, with `client`, `http` 1. A
//! `reqwest::Client` (0.13) or a `ureq::Agent` (3) can be passed to `Client::with`.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "client")]
pub mod admin;
mod check;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
pub mod forecast;
pub mod form;
#[doc(hidden)]
pub mod generated;
#[cfg(feature = "client")]
mod http;
#[cfg(feature = "client")]
pub mod identity;
mod json;
mod kratos;
#[cfg(feature = "client")]
pub mod login;
mod private;
mod problem;
#[cfg(feature = "client")]
pub mod session;
#[cfg(feature = "client")]
pub mod settings;
mod traits;
mod update;

#[doc(inline)]
#[doc = include_str!("derive.md")]
pub use kratos_traits_macros::SettingsUpdate;
#[doc(inline)]
pub use kratos_traits_macros::include_schema;

#[cfg(feature = "client")]
pub use crate::admin::AdminOutcome;
#[cfg(feature = "client")]
#[doc(inline)]
pub use crate::client::blocking;
#[cfg(feature = "client")]
pub use crate::client::{AdminClient, Client};
pub use crate::generated::UnknownValue;
#[cfg(feature = "client")]
pub use crate::http::{
    AdminToken, Auth, BrowserCookies, ContinueWith, Error, InBrowser, Invalid, Refusal,
    SessionToken, Timestamp,
};
#[cfg(feature = "client")]
pub use crate::identity::Identity;
pub use crate::json::path::TraitPath;
pub use crate::kratos::schema_from_text::SchemaError;
#[cfg(feature = "client")]
pub use crate::login::LoginOutcome;
pub use crate::problem::{Message, MessageId, Problem};
#[cfg(feature = "client")]
pub use crate::session::{Session, WhoamiOutcome};
#[cfg(feature = "client")]
pub use crate::settings::{Outcome, Pending};
pub use crate::traits::document::{Document, ReadTraits, Unreadable};
pub use crate::traits::facts::{
    Channel, Credential, IdentityTraits, Role, Schema, TraitFacts, TraitsObject,
};
pub use crate::traits::marker;
pub use crate::traits::raw::{NotAnObject, RawTraits};
pub use crate::update::change::Change;
pub use crate::update::field::Field;
pub use crate::update::patch::Patch;
pub use crate::update::set::UnnamedError;
pub use crate::update::updater::{SettingsUpdate, Unprivileged};

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
