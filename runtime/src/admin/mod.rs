//! Reads and updates of identities through Kratos's admin API, without the login of the person.
//!
//! [`AdminClient`](crate::AdminClient) sends them. An application that runs beside Kratos can change ordinary
//! traits here where the settings flow would require a fresh login. An update is sent as a JSON Patch of
//! the members that change: metadata and unknown members are kept, and nothing is filled in.

mod edits;
mod lookup;
mod outcome;
mod reason;
mod schema;
mod update;

pub use self::lookup::Lookup;
pub(crate) use self::lookup::{AdminContext, FindIdentity, ReadIdentity};
pub use self::outcome::AdminOutcome;
pub(crate) use self::update::AdminUpdate;
