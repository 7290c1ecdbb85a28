//! A string has no members.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "plan.name")]
    plan: Option<String>,
}

fn main() {}
