//! An updater of the object is held to the same word.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraitsSettings;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsSettings)]
struct Update {
    quota: Option<i64>,
}

fn main() {}
