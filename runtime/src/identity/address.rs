//! The addresses that Kratos derives from the traits.

use std::fmt;

use crate::http::timestamp::Timestamp;
use crate::http::wire::{Object, open_enum};

open_enum! {
    /// How Kratos reaches an address.
    Via {
        /// By e-mail:
        Email = "email",
        /// By text message:
        Sms = "sms",
    }
}

open_enum! {
    /// How far the verification of an address has come.
    AddressStatus {
        /// Nothing was sent yet:
        Pending = "pending",
        /// A message was sent:
        Sent = "sent",
        /// The address is verified:
        Completed = "completed",
    }
}

/// An address that the person proves to own. `Debug` does not show it.
///
/// The value is normalised, unlike the trait that it comes from: `ada@example.org` where the trait
/// says `ADA@example.org`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiableAddress {
    /// The id of the address.
    pub id: Option<String>,
    /// The address.
    pub value: String,
    /// Whether the person has proved to own it.
    pub verified: bool,
    /// How it is reached.
    pub via: Option<Via>,
    /// How far its verification has come.
    pub status: Option<AddressStatus>,
    /// When it was verified.
    pub verified_at: Option<Timestamp>,
    /// When it came.
    pub created_at: Option<Timestamp>,
    /// When it was changed last.
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

/// An address that a lost account is recovered through. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecoveryAddress {
    /// The id of the address.
    pub id: Option<String>,
    /// The address, normalised.
    pub value: String,
    /// How it is reached.
    pub via: Option<Via>,
    /// When it came.
    pub created_at: Option<Timestamp>,
    /// When it was changed last.
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
