//! The identity as Kratos writes it.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Identity, RecoveryAddress, VerifiableAddress};
use crate::traits::document::Document;
use crate::traits::raw::RawTraits;
use crate::traits::schemas::ReadTraits;
use crate::wire::object::Object;

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
