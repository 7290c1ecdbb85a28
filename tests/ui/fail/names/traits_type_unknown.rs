//! The traits type does not exist.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AcountTraits)]
struct Update {
    age: Option<i64>,
}

fn main() {}
