//! A path is relative to the traits.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Update {
    #[kratos(path = "traits.email")]
    email: Option<String>,
}

fn main() {}
