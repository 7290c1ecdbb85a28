//! The value must fit the items of the array.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "tags.0")]
    tag: Option<u32>,
}

fn main() {}
