//! A standard type is not an updater.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Form {
    #[kratos(nested)]
    address: Option<Option<String>>,
}

fn main() {}
