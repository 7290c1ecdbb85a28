//! A string may be none of the values: the generated enum is the type.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    plan: Option<String>,
}

fn main() {}
