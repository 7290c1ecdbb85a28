//! A closed object has the members that the schema names, and no other.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "address.zip")]
    zip: Option<String>,
}

fn main() {}
