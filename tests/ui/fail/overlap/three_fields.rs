//! Each field after the first one is an error.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    age: Option<i64>,
    #[kratos(path = "age")]
    years: Option<i64>,
    #[kratos(path = "age")]
    old: Option<i64>,
}

fn main() {}
