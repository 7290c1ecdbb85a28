//! Kratos would save a null in the array as the identifier `%!s(<nil>)`.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Update {
    nicknames: Option<Vec<Option<String>>>,
}

fn main() {}
