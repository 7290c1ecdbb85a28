//! Attributes of a field on a struct, and of a struct on a field.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, nested)]
struct Update {
    #[kratos(privileged)]
    age: Option<i64>,
}

fn main() {}
