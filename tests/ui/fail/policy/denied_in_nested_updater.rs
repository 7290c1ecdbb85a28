//! A denied member in an updater of its object.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraitsSettings;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsSettings)]
struct Update {
    quota: Option<i64>,
}

fn main() {}
