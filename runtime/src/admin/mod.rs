//! Finds, reads and changes identities through Kratos's admin API, without the person's login.
//!
//! An application that runs beside Kratos can change ordinary traits here where the settings flow would
//! ask for a fresh login. A change is sent as a JSON Patch of the members that change: metadata and
//! unknown members stay, and nothing is filled in.
//!
//! [`AdminUpdate`] changes traits; [`ReadIdentity`] and [`FindIdentity`] find an identity. The client is
//! [`AdminApiClient`](crate::client::AdminApiClient).

mod edits;
mod lookup;
mod outcome;
mod reason;
mod update;

pub(crate) use self::lookup::AdminCaller;
pub use self::lookup::{FindIdentity, Lookup, ReadIdentity};
pub use self::outcome::{AccessDenied, AdminOutcome, AdminSaved};
pub use self::update::AdminUpdate;
