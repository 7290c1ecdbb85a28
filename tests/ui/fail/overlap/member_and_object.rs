//! An object before a member of it.
use kratos_traits_ui_tests::customer::CustomerTraitsName;
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    name: Option<CustomerTraitsName>,
    #[kratos(path = "name.first")]
    first: Option<String>,
}

fn main() {}
