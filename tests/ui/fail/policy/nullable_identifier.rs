//! An identifier that may be null: Kratos would make the identifier `%!s(<nil>)` of a null.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Update {
    alias: Option<String>,
}

fn main() {}
