//! The value of `traits` is a path.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = "AccountTraits")]
struct Update {
    age: Option<i64>,
}

fn main() {}
