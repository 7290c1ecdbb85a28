//! A person, as Kratos shows them: in flows, in sessions, and through the admin API.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::http::timestamp::Timestamp;
use crate::http::wire::{Object, open_enum};
use crate::traits::document::Document;
use crate::traits::document::ReadTraits;
use crate::traits::raw::RawTraits;

mod address;

pub use self::address::{AddressStatus, RecoveryAddress, VerifiableAddress, Via};

/// A person, as Kratos shows them.
///
/// `T` is the struct of the traits of one identity schema, or the enum over those of several
/// ([`ReadTraits`]). Nothing but the id and the traits has to be there; whatever
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

open_enum! {
    /// Whether a person may log in.
    IdentityState {
        /// They may:
        Active = "active",
        /// They may not:
        Inactive = "inactive",
    }
}

/// The metadata is not what the application takes it for. What it is, is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{member}` of the identity is not of the type that it is read as")]
#[non_exhaustive]
pub struct MetadataError {
    /// `metadata_public` or `metadata_admin`.
    pub member: &'static str,
}

impl<T> Identity<T> {
    /// The metadata that the person may see, as a type of the application; `None` when there is none.
    ///
    /// ```
    /// # use kratos_traits::{Identity, identity::MetadataError};
    /// #[derive(serde::Deserialize)]
    /// struct Plan {
    ///     plan: String,
    /// }
    ///
    /// fn plan<T>(person: &Identity<T>) -> Result<Option<String>, MetadataError> {
    ///     Ok(person.metadata_public::<Plan>()?.map(|public| public.plan))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// It is of another type.
    pub fn metadata_public<M: DeserializeOwned>(&self) -> Result<Option<M>, MetadataError> {
        self.metadata("metadata_public")
    }

    /// The metadata that the admin API alone shows, as a type of the application; `None` when there
    /// is none, and wherever the person came from the public API.
    ///
    /// # Errors
    ///
    /// It is of another type.
    pub fn metadata_admin<M: DeserializeOwned>(&self) -> Result<Option<M>, MetadataError> {
        self.metadata("metadata_admin")
    }

    /// The metadata that the person may see, as it came.
    pub fn raw_metadata_public(&self) -> Option<&RawValue> {
        Object::read(&self.raw)?.raw("metadata_public")
    }

    /// The metadata that the admin API alone shows, as it came.
    pub fn raw_metadata_admin(&self) -> Option<&RawValue> {
        Object::read(&self.raw)?.raw("metadata_admin")
    }

    fn metadata<M: DeserializeOwned>(
        &self,
        member: &'static str,
    ) -> Result<Option<M>, MetadataError> {
        let raw = Object::read(&self.raw).and_then(|identity| identity.raw(member));
        let Some(raw) = raw else { return Ok(None) };
        let typed = serde_json::from_str(raw.get());
        typed.map(Some).map_err(|_| MetadataError { member })
    }
}

/// The identity as Kratos writes it.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct WireIdentity(Box<RawValue>);

impl WireIdentity {
    /// `None` when there is no id, or the traits are no object.
    pub(crate) fn read<T: ReadTraits>(&self) -> Option<Identity<T>> {
        Identity::read(&self.0)
    }
}

impl<T: ReadTraits> Identity<T> {
    /// `None` when there is no id, or the traits are no object.
    pub(crate) fn read(raw: &RawValue) -> Option<Self> {
        let object = Object::read(raw)?;
        let schema_id: String = object.get("schema_id").unwrap_or_default();
        let traits = RawTraits::try_from(object.raw("traits")?).ok()?;
        Some(Self {
            id: object.get("id")?,
            external_id: object.get("external_id"),
            schema_url: object.get("schema_url"),
            state: object.get("state"),
            state_changed_at: object.get("state_changed_at"),
            traits: Document::of(&schema_id, traits),
            verifiable_addresses: object
                .objects("verifiable_addresses")
                .filter_map(|one| VerifiableAddress::read(&one))
                .collect(),
            recovery_addresses: object
                .objects("recovery_addresses")
                .filter_map(|one| RecoveryAddress::read(&one))
                .collect(),
            organization_id: object.get("organization_id"),
            created_at: object.get("created_at"),
            updated_at: object.get("updated_at"),
            schema_id,
            raw: raw.to_owned(),
        })
    }
}
