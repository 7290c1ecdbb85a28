//! An item of an array of identifiers.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "phones.0")]
    phone: Option<String>,
}

fn main() {}
