//! The addresses of an identity, which Kratos derives from the traits.

use std::fmt;

use crate::http::Timestamp;
use crate::http::wire::{Object, open_enum};

open_enum! {
    /// The channel of an address.
    Via {
        /// By e-mail:
        Email = "email",
        /// By text message:
        Sms = "sms",
    }
}

open_enum! {
    /// The state of the verification of an address.
    AddressStatus {
        /// Kratos has sent nothing yet:
        Pending = "pending",
        /// Kratos has sent a message:
        Sent = "sent",
        /// The address is verified:
        Completed = "completed",
    }
}

/// An address that Kratos verifies. `Debug` does not show it.
///
/// The value is normalised: `ada@example.org` for the trait `ADA@example.org`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiableAddress {
    /// The id of the address.
    pub id: Option<String>,
    /// The address.
    pub value: String,
    /// Whether it is verified.
    pub verified: bool,
    /// Its channel.
    pub via: Option<Via>,
    /// The state of the verification.
    pub status: Option<AddressStatus>,
    /// When it was verified.
    pub verified_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
}

impl VerifiableAddress {
    pub(crate) fn read(object: &Object<'_>) -> Option<Self> {
        Some(Self {
            id: object.get("id"),
            value: object.get("value")?,
            verified: object.get("verified").unwrap_or_default(),
            via: object.get("via"),
            status: object.get("status"),
            verified_at: object.get("verified_at"),
            created_at: object.get("created_at"),
            updated_at: object.get("updated_at"),
        })
    }
}

impl fmt::Debug for VerifiableAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiableAddress")
            .field("id", &self.id)
            .field("verified", &self.verified)
            .field("via", &self.via)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// An address for account recovery. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecoveryAddress {
    /// The id of the address.
    pub id: Option<String>,
    /// The address, normalised.
    pub value: String,
    /// Its channel.
    pub via: Option<Via>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
}

impl RecoveryAddress {
    pub(crate) fn read(object: &Object<'_>) -> Option<Self> {
        Some(Self {
            id: object.get("id"),
            value: object.get("value")?,
            via: object.get("via"),
            created_at: object.get("created_at"),
            updated_at: object.get("updated_at"),
        })
    }
}

impl fmt::Debug for RecoveryAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecoveryAddress")
            .field("id", &self.id)
            .field("via", &self.via)
            .finish_non_exhaustive()
    }
}
