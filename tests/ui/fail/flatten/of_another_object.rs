//! A flattened updater must update the same object.
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
    #[kratos(flatten)]
    settings: SettingsForm,
}

fn main() {}
