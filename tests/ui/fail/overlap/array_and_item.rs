//! An array and an item of it.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    tags: Option<Vec<String>>,
    #[kratos(path = "tags.0")]
    first_tag: Option<String>,
}

fn main() {}
