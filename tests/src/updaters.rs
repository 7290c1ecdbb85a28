//! The updaters of the scenarios, as an application would write them.

use std::collections::BTreeMap;

use kratos_traits::SettingsUpdate;

use crate::schemas::customer::CustomerTraits;
use crate::schemas::member::MemberTraits;
use crate::schemas::subscriber::{SubscriberTraits, SubscriberTraitsGiftsItem};

/// An ordinary trait.
#[derive(Debug, SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
pub struct Rename {
    /// Set, removed or kept.
    pub nickname: Option<Option<String>>,
}

/// The e-mail address: an identifier, a verification and a recovery address.
#[derive(Debug, SettingsUpdate)]
#[kratos(traits = CustomerTraits, privileged)]
pub struct ChangeEmail<'a> {
    /// The new address.
    pub email: &'a str,
}

/// An identifier that is no address.
#[derive(Debug, SettingsUpdate)]
#[kratos(traits = MemberTraits, privileged)]
pub struct ChangeUsername<'a> {
    /// The new name.
    pub username: &'a str,
}

/// Two traits of an open traits object.
#[derive(Debug, SettingsUpdate)]
#[kratos(traits = SubscriberTraits)]
pub struct ChangeReading {
    /// All languages.
    pub languages: Vec<String>,
    /// Kept or removed.
    pub gifts: Option<Option<Vec<SubscriberTraitsGiftsItem>>>,
}

/// A map with arbitrary names.
#[derive(Debug, SettingsUpdate)]
#[kratos(traits = SubscriberTraits)]
pub struct ChangeAccounts {
    /// From the service to the name there.
    pub accounts: BTreeMap<String, String>,
}

/// Sets the nickname.
pub fn rename(nickname: &str) -> Rename {
    Rename {
        nickname: Some(Some(nickname.to_owned())),
    }
}
