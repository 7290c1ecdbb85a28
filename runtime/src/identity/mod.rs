//! A person, as Kratos shows them: in flows, in sessions, and through the admin API.

mod address;
mod metadata;
mod state;
mod wire;

use std::fmt;

use serde_json::value::RawValue;

pub use self::address::{AddressStatus, RecoveryAddress, VerifiableAddress, Via};
pub use self::metadata::MetadataError;
pub use self::state::IdentityState;
pub(crate) use self::wire::WireIdentity;
use crate::traits::document::Document;
use crate::wire::timestamp::Timestamp;

/// A person, as Kratos shows them.
///
/// `T` is the struct of the traits of one identity schema, or the enum over those of several
/// ([`ReadTraits`](crate::ReadTraits)). Nothing but the id and the traits has to be there; whatever
/// else is absent, null or of a form that we do not know is `None` or empty here, and
/// [`raw`](Self::raw) has it all the same.
///
/// `Debug` shows ids and states: no trait, address or metadata.
#[derive(Clone)]
#[non_exhaustive]
pub struct Identity<T> {
    /// The id of the identity.
    pub id: String,
    /// The id that the application gave to it (from v25.4.0).
    pub external_id: Option<String>,
    /// The id of its schema, as the server's configuration names it.
    pub schema_id: String,
    /// Where the schema can be read, under the address that the server believes to have.
    pub schema_url: Option<String>,
    /// Whether the person may log in.
    pub state: Option<IdentityState>,
    /// When that changed last.
    pub state_changed_at: Option<Timestamp>,
    /// The traits.
    pub traits: Document<T>,
    /// The addresses that the person proves to own.
    pub verifiable_addresses: Vec<VerifiableAddress>,
    /// The addresses that a lost account is recovered through.
    pub recovery_addresses: Vec<RecoveryAddress>,
    /// The organization that the person belongs to.
    pub organization_id: Option<String>,
    /// When the identity was made.
    pub created_at: Option<Timestamp>,
    /// When the identity was changed last.
    pub updated_at: Option<Timestamp>,
    raw: Box<RawValue>,
}

impl<T> Identity<T> {
    /// The addresses that Kratos can verify, and that are not verified.
    pub fn unverified_addresses(&self) -> impl Iterator<Item = &VerifiableAddress> {
        let addresses = self.verifiable_addresses.iter();
        addresses.filter(|address| !address.verified)
    }

    /// The whole identity as it came, with members that we do not know; may hold secrets where the
    /// admin API shows credentials.
    pub fn raw(&self) -> &RawValue {
        &self.raw
    }
}

impl<T> fmt::Debug for Identity<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("id", &self.id)
            .field("schema_id", &self.schema_id)
            .field("state", &self.state)
            .field("verifiable_addresses", &self.verifiable_addresses)
            .field("recovery_addresses", &self.recovery_addresses)
            .finish_non_exhaustive()
    }
}
