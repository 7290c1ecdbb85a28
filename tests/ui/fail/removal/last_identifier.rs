//! The only identifier of a credential: Kratos would keep the old one.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Update {
    username: Option<Option<String>>,
}

fn main() {}
