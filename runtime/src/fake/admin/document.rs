//! The parts of an identity that a patch may change.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::fake::person::AdminIdentityJson;
use crate::traits::raw::RawTraits;

/// An identity behind a patch.
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

/// An address behind a patch: all of it that is not computed anew.
#[derive(Deserialize)]
pub(super) struct PatchedAddress {
    pub(super) value: String,
    #[serde(default)]
    pub(super) verified: bool,
}

/// The identity before a patch, as one document.
pub(super) fn document(identity: &AdminIdentityJson<'_>) -> RawTraits {
    // What is answered elsewhere always has a JSON form, and is an object.
    let text = serde_json::to_string(identity).unwrap_or_default();
    RawTraits::parse(&text).unwrap_or_else(|_| RawTraits::empty())
}
