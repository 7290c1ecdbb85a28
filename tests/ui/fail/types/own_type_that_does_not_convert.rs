//! A type of the application must convert into the type of the trait.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(Clone)]
struct Age(u8);

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    age: Age,
}

fn main() {}
