//! A required trait whose name is a keyword.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    r#type: Option<Option<String>>,
}

fn main() {}
