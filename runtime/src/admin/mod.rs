//! The admin road: people found, read and changed through Kratos's admin API, without their login.
//!
//! An application that runs beside Kratos changes ordinary traits here when the settings flow would
//! ask for a fresh login that the change does not deserve. Changes go as JSON Patch of just the
//! members that change: metadata and unknown members stay, and nothing is put in.
//!
//! What belongs inside: [`AdminUpdate`], which changes traits, [`ReadIdentity`] and [`FindIdentity`],
//! which find a person, and what they end in. The client is
//! [`AdminApiClient`](crate::client::AdminApiClient).

mod answer;
mod caller;
mod edits;
mod escape;
mod find_identity;
mod json_patch;
mod knowledge;
mod lookup;
mod outcome;
mod patched;
mod prepare;
mod read_identity;
mod reason;
mod update;

pub(crate) use self::caller::AdminCaller;
pub use self::find_identity::FindIdentity;
pub(crate) use self::knowledge::Knowledge;
pub use self::lookup::Lookup;
pub use self::outcome::{AccessDenied, AdminOutcome, AdminSaved, Compared};
pub use self::read_identity::ReadIdentity;
pub use self::update::AdminUpdate;
pub(crate) use self::update::Demand;
