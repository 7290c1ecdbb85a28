//! A person, as the admin API shows them.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::outcome::UnverifiedAddress;
use crate::identity::{Identity, WireIdentity};
use crate::traits::facts::{Channel, IdentityTraits};

/// A person, as the admin API shows them. `Debug` shows the ids only.
#[derive(Clone)]
#[non_exhaustive]
pub struct FoundIdentity<T> {
    /// Id, schema and traits.
    pub identity: Identity<T>,
    /// The addresses that are not verified.
    pub unverified: Vec<UnverifiedAddress>,
    /// What the application keeps of the person and the person may read; `None` when it is absent or
    /// `null`.
    pub metadata_public: Option<Box<RawValue>>,
    /// What the application keeps of the person and only the admin API shows; `None` when it is absent
    /// or `null`.
    pub metadata_admin: Option<Box<RawValue>>,
}

impl<T> fmt::Debug for FoundIdentity<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FoundIdentity")
            .field(&self.identity)
            .finish()
    }
}

#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    verifiable_addresses: Option<Vec<WireAddress>>,
    #[serde(default)]
    metadata_public: Option<Box<RawValue>>,
    #[serde(default)]
    metadata_admin: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct WireAddress {
    value: String,
    #[serde(default)]
    via: String,
    #[serde(default)]
    verified: bool,
}

impl<T: IdentityTraits> FoundIdentity<T> {
    /// The error says what it is not.
    pub(super) fn read(raw: &RawValue) -> Result<Self, &'static str> {
        let identity: WireIdentity =
            serde_json::from_str(raw.get()).map_err(|_| "it is no identity")?;
        let wire: Wire = serde_json::from_str(raw.get()).map_err(|_| "it is no identity")?;
        let addresses = wire.verifiable_addresses.into_iter().flatten();
        let unverified = addresses.filter(|one| !one.verified);
        Ok(Self {
            identity: identity
                .read()
                .ok_or("the traits of the identity are no object")?,
            unverified: unverified.map(WireAddress::unverified).collect(),
            metadata_public: wire.metadata_public,
            metadata_admin: wire.metadata_admin,
        })
    }
}

impl WireAddress {
    fn unverified(self) -> UnverifiedAddress {
        UnverifiedAddress {
            via: match self.via.as_str() {
                "email" => Some(Channel::Email),
                "sms" => Some(Channel::Sms),
                _ => None,
            },
            value: self.value,
        }
    }
}
