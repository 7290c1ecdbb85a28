//! For a denied identifier, `privileged` is not suggested.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    work_email: String,
}

fn ordinary(_: impl kratos_traits::Unprivileged) {}

fn main() {
    ordinary(Update { work_email: String::new() });
}
