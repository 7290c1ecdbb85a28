//! An object that contains a denied member, as a whole.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsSettings};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    settings: Option<AccountTraitsSettings>,
}

fn main() {}
