//! A recovery address is privileged: Kratos requires a fresh login for it after v26.2.0.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    backup_email: Option<String>,
}

fn main() {}
