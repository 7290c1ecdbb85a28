//! The type parameter has no bound for the trait.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update<S> {
    display: S,
}

fn main() {}
