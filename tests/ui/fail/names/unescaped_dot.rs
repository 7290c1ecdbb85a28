//! A dot inside a name is written as `\.`.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "first.name")]
    first_name: Option<String>,
}

fn main() {}
