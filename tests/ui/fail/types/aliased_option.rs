//! An `Option` behind an alias is not seen: the macro knows it by its name.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

type Maybe = Option<String>;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    display: Maybe,
}

fn main() {}
