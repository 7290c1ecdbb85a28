//! At most two `Option`s are allowed.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    display: Option<Option<Option<String>>>,
}

fn main() {}
