//! A free-form object has no named members.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(nested)]
    preferences: Option<String>,
}

fn main() {}
