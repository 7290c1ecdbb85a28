//! An attribute without the traits.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos()]
struct Update {
    age: Option<i64>,
}

fn main() {}
