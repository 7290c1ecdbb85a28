//! A flattened field has no path.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(flatten, path = "age")]
    age: Option<i64>,
}

fn main() {}
