//! `privileged` takes no value.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged = true)]
struct Update {
    email: Option<String>,
}

fn main() {}
