//! The identity as a JSON document, before and after a patch.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::person::AdminIdentityJson;
use kratos_traits::RawTraits;

/// The parts of a patched identity that the fake stores.
#[derive(Deserialize)]
pub(super) struct Patched {
    pub(super) traits: Option<Box<RawValue>>,
    #[serde(default)]
    pub(super) metadata_public: Option<Box<RawValue>>,
    #[serde(default)]
    pub(super) metadata_admin: Option<Box<RawValue>>,
    #[serde(default)]
    pub(super) verifiable_addresses: Vec<PatchedAddress>,
}

/// The parts of a patched address that are not derived from the traits.
#[derive(Deserialize)]
pub(super) struct PatchedAddress {
    pub(super) value: String,
    #[serde(default)]
    pub(super) verified: bool,
}

/// The identity before a patch, as one document.
pub(super) fn document(identity: &AdminIdentityJson<'_>) -> Result<RawTraits, String> {
    // Serializing an identity cannot fail, and gives an object.
    let text = serde_json::to_string(identity).unwrap_or_default();
    RawTraits::parse(&text).map_err(|error| error.to_string())
}
