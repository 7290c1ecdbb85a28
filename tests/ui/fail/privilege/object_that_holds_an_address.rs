//! An object that contains an address, as a whole.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsContact};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    contact: Option<AccountTraitsContact>,
}

fn main() {}
