//! A misspelt `privileged` is the only error: the identifier is not reported.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privleged)]
struct ChangeEmail {
    email: String,
}

fn main() {}
