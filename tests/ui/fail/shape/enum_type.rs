//! An enum cannot be an updater.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
enum Rename {
    Nickname(String),
}

fn main() {}
