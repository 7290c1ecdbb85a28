//! A flattened updater and another field change the same trait.
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
    person: Person,
    #[kratos(path = "age")]
    years: Option<i64>,
}

fn main() {}
