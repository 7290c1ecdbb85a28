//! The same for a generic struct.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Age {
    age: i64,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update<S: Clone + Into<i64>, const N: usize> {
    age: S,
    #[kratos(flatten)]
    again: Age,
}

fn main() {
    let update = Update::<i64, 1> {
        age: 1,
        again: Age { age: 2 },
    };
    let _ = update.patch();
}
