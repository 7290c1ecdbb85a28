//! The settings of the generator deny the trait.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    role: Option<String>,
}

fn main() {}
