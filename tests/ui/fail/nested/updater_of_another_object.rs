//! An updater of another object.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsSettings};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsSettings)]
struct SettingsForm {
    theme: Option<String>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(nested)]
    address: SettingsForm,
}

fn main() {}
