//! The suggestion for an item compares the complete path.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Form {
    #[kratos(path = "tgas.0")]
    tag: String,
}

fn main() {}
