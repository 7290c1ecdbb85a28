//! An array item cannot be removed by its position.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "tags.0")]
    tag: Option<Option<String>>,
}

fn main() {}
