//! The enum of another trait.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsAddressCountry};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    plan: AccountTraitsAddressCountry,
}

fn main() {}
