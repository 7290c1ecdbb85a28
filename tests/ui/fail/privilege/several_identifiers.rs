//! Each identifier has its own error.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    email: Option<String>,
    username: Option<String>,
    age: Option<i64>,
}

fn main() {}
