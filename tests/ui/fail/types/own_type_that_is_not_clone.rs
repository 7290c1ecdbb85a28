//! A type of the application must be `Clone`.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

struct Age(u8);

impl From<Age> for i64 {
    fn from(age: Age) -> Self {
        age.0.into()
    }
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    age: Age,
}

fn main() {}
