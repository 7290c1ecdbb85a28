//! Another field has the type of a parameter: these two are checked all the same.
use kratos_traits::{SettingsUpdate, Unprivileged};
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Age {
    age: i64,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update<U: Unprivileged<Traits = AccountTraits>> {
    #[kratos(flatten)]
    more: U,
    age: i64,
    #[kratos(flatten)]
    again: Age,
}

fn main() {}
