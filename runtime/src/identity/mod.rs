//! Identities, as flows, sessions and the admin API return them.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::http::Timestamp;
use crate::http::wire::{Object, open_enum};
use crate::traits::document::Document;
use crate::traits::document::ReadTraits;
use crate::traits::raw::RawTraits;

mod address;
mod derived;

pub use self::address::{AddressStatus, RecoveryAddress, VerifiableAddress, Via};
pub(crate) use self::derived::Derived;

/// An identity: a person with an account.
///
/// `T` is the struct of the traits of one identity schema, or the enum over those of several
/// ([`ReadTraits`]). Only the id and the traits are required; other
/// members that are absent, null or of an unknown form are `None` or empty, and still in
/// [`raw`](Self::raw).
///
/// `Debug` shows ids and states, but no traits, addresses or metadata.
#[derive(Clone)]
#[non_exhaustive]
pub struct Identity<T> {
    /// The id of the identity.
    pub id: String,
    /// The id that the application has given to the identity (since v25.4.0).
    pub external_id: Option<String>,
    /// The id of the identity schema in the server's configuration.
    pub schema_id: String,
    /// The URL of the identity schema, below the base URL in the server's configuration.
    pub schema_url: Option<String>,
    /// Whether the person may log in.
    pub state: Option<IdentityState>,
    /// When the state was last changed.
    pub state_changed_at: Option<Timestamp>,
    /// The traits.
    pub traits: Document<T>,
    /// The addresses that Kratos verifies.
    pub verifiable_addresses: Vec<VerifiableAddress>,
    /// The addresses for account recovery.
    pub recovery_addresses: Vec<RecoveryAddress>,
    /// The id of the organization of the person.
    pub organization_id: Option<String>,
    /// When the identity was created.
    pub created_at: Option<Timestamp>,
    /// When the identity was last changed.
    pub updated_at: Option<Timestamp>,
    raw: Box<RawValue>,
}

impl<T> Identity<T> {
    /// The addresses that are not verified yet.
    ///
    /// ```
    /// use kratos_traits::Identity;
    ///
    /// fn is_verified<T>(person: &Identity<T>) -> bool {
    ///     person.unverified_addresses().next().is_none()
    /// }
    /// ```
    pub fn unverified_addresses(&self) -> impl Iterator<Item = &VerifiableAddress> {
        let addresses = self.verifiable_addresses.iter();
        addresses.filter(|address| !address.verified)
    }

    /// The identity as Kratos sent it, with unknown members. From the admin API it may contain secrets.
    ///
    /// ```
    /// use kratos_traits::Identity;
    ///
    /// fn to_json<T>(person: &Identity<T>) -> serde_json::Result<serde_json::Value> {
    ///     serde_json::from_str(person.raw().get())
    /// }
    /// ```
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
        /// Yes:
        Active = "active",
        /// No:
        Inactive = "inactive",
    }
}

/// The metadata of an identity is not of the type that the application expects. The error does not show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{member}` of the identity is not of the expected type")]
#[non_exhaustive]
pub struct MetadataError {
    /// `metadata_public` or `metadata_admin`.
    pub member: &'static str,
}

impl<T> Identity<T> {
    /// The public metadata, as a type of the application; `None` if there is none.
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
    /// The metadata is of another type.
    pub fn metadata_public<M: DeserializeOwned>(&self) -> Result<Option<M>, MetadataError> {
        self.metadata("metadata_public")
    }

    /// The admin metadata, as a type of the application; `None` if there is none. The public API does not
    /// return it.
    ///
    /// ```
    /// # use kratos_traits::{Identity, identity::MetadataError};
    /// #[derive(serde::Deserialize)]
    /// struct Billing {
    ///     customer_number: u32,
    /// }
    ///
    /// fn number<T>(person: &Identity<T>) -> Result<Option<u32>, MetadataError> {
    ///     Ok(person.metadata_admin::<Billing>()?.map(|billing| billing.customer_number))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The metadata is of another type.
    pub fn metadata_admin<M: DeserializeOwned>(&self) -> Result<Option<M>, MetadataError> {
        self.metadata("metadata_admin")
    }

    /// The public metadata as Kratos sent it.
    ///
    /// ```
    /// use kratos_traits::Identity;
    ///
    /// fn has_metadata<T>(person: &Identity<T>) -> bool {
    ///     person.raw_metadata_public().is_some()
    /// }
    /// ```
    pub fn raw_metadata_public(&self) -> Option<&RawValue> {
        Object::read(&self.raw)?.raw("metadata_public")
    }

    /// The admin metadata as Kratos sent it.
    ///
    /// ```
    /// use kratos_traits::Identity;
    ///
    /// fn has_admin_metadata<T>(person: &Identity<T>) -> bool {
    ///     person.raw_metadata_admin().is_some()
    /// }
    /// ```
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

impl<T: ReadTraits> Identity<T> {
    /// Reads an identity; the error is the reason why it is not one.
    pub(crate) fn read(raw: &RawValue) -> Result<Self, &'static str> {
        Self::read_members(raw).ok_or("the identity has no id, or its traits are not an object")
    }

    fn read_members(raw: &RawValue) -> Option<Self> {
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
