//! Neither the nested nor the flattened updater requires `privileged`.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsAddress};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsAddress)]
struct AddressForm<'a> {
    city: Option<&'a str>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Age {
    age: i64,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Update<'a> {
    #[kratos(nested)]
    address: AddressForm<'a>,
    #[kratos(flatten)]
    age: Option<Age>,
}

fn main() {}
