//! Attributes of fields on the struct, and the other way round.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, nested)]
struct Update {
    #[kratos(privileged)]
    age: Option<i64>,
}

fn main() {}
