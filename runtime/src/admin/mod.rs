//! Finds, reads and changes identities through Kratos's admin API, without the person's login.
//!
//! An application that runs beside Kratos can change ordinary traits here where the settings flow would
//! ask for a fresh login. A change is sent as a JSON Patch of the members that change: metadata and
//! unknown members stay, and nothing is filled in.
//!
//! [`AdminUpdate`] changes traits; [`ReadIdentity`] and [`FindIdentity`] find an identity. The client is
//! [`AdminApiClient`](crate::client::AdminApiClient).

mod answer;
mod caller;
mod edits;
mod escape;
mod find_identity;
mod json_patch;
mod lookup;
mod outcome;
mod patched;
mod prepare;
mod read_identity;
mod reason;
mod update;

pub(crate) use self::caller::AdminCaller;
pub use self::find_identity::FindIdentity;
pub use self::lookup::Lookup;
pub use self::outcome::{AccessDenied, AdminOutcome, AdminSaved};
pub use self::read_identity::ReadIdentity;
pub use self::update::AdminUpdate;
