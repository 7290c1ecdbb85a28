//! A display name is not an identifier, so `privileged` is unused.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Update {
    display: Option<String>,
}

fn main() {}
