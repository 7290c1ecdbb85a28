//! A settings flow, read for what an update needs of it.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::outcome::{Outcome, ParkReason, Parked};
use crate::flow::continue_with::ContinueWith;
use crate::flow::messages::Ui;
use crate::identity::WireIdentity;
use crate::problem::MessageId;
use crate::traits::facts::IdentityTraits;

#[derive(Deserialize)]
pub(super) struct SettingsFlow {
    pub(super) id: String,
    #[serde(default)]
    pub(super) state: String,
    pub(super) identity: WireIdentity,
    #[serde(default)]
    pub(super) ui: Ui,
    #[serde(default)]
    pub(super) continue_with: Items,
}

/// The items of `continue_with`, absent or `null` when there are none.
#[derive(Default)]
pub(super) struct Items(pub(super) Vec<ContinueWith>);

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Option::<Vec<Value>>::deserialize(deserializer)?;
        Ok(Self(
            items
                .into_iter()
                .flatten()
                .map(ContinueWith::read)
                .collect(),
        ))
    }
}

impl SettingsFlow {
    /// A 200 that did not save; `None` when the traits are no object.
    pub(super) fn parked<T: IdentityTraits>(self) -> Option<Outcome<T>> {
        let messages = self.ui.general();
        let continue_with = self.continue_with.0;
        let verifies = |one: &ContinueWith| matches!(one, ContinueWith::ShowVerificationUi { .. });
        let reason = if messages
            .iter()
            .any(|one| one.id == MessageId::TOO_MANY_ADDRESS_CHANGES)
        {
            ParkReason::TooManyAddresses
        } else if continue_with.iter().any(verifies) {
            ParkReason::VerificationNeeded
        } else {
            ParkReason::Unknown
        };
        Some(Outcome::Parked(Parked {
            reason,
            identity: self.identity.read()?,
            continue_with,
            messages,
        }))
    }
}
