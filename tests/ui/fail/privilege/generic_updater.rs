//! An updater of any type may change identifiers, so the struct asks for one that does not.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsContact};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Flattened<U: SettingsUpdate<Traits = AccountTraits>> {
    #[kratos(flatten)]
    more: U,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Nested<U: SettingsUpdate<Traits = AccountTraitsContact>> {
    #[kratos(nested)]
    contact: U,
}

fn main() {}
