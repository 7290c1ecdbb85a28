//! The macro recognizes `Option` by name, not through an alias.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

type Maybe = Option<String>;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    display: Maybe,
}

fn main() {}
