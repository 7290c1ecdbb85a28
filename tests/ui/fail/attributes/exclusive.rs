//! Two attributes of a field that exclude each other.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(nested, flatten)]
    age: Option<i64>,
}

fn main() {}
