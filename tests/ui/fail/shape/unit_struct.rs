//! A unit struct has no fields.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update;

fn main() {}
