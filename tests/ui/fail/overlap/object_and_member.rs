//! A member before the object that contains it.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsAddress};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "address.city")]
    city: Option<String>,
    address: Option<AccountTraitsAddress>,
}

fn main() {}
