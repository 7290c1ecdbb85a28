//! An object as a whole, with an address in it.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsContact};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    contact: Option<AccountTraitsContact>,
}

fn main() {}
