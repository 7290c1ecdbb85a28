//! A closed object has only the members that the schema declares.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "address.zip")]
    zip: Option<String>,
}

fn main() {}
