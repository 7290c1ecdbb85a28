//! A function can require an ordinary updater.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct ChangeEmail {
    email: Option<String>,
}

fn save_at_any_time(_: &impl kratos_traits::Unprivileged) {}

fn main() {
    save_at_any_time(&ChangeEmail { email: None });
}
