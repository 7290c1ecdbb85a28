//! A flattened updater cannot be removed.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Person {
    age: Option<i64>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(flatten)]
    person: Option<Option<Person>>,
}

fn main() {}
