//! Kratos would save a null as the identifier `%!s(<nil>)`.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Update {
    alias: Option<String>,
}

fn main() {}
