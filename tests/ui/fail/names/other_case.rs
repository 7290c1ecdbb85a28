//! Names are case-sensitive, as in Kratos.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    Age: Option<i64>,
}

fn main() {}
