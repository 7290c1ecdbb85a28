//! Kratos would keep the only identifier of a credential for login.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Update {
    username: Option<Option<String>>,
}

fn main() {}
