//! What only the compiler sees is said in the same run as what the derive sees.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Form {
    scoer: f64,
    plan: String,
}

fn main() {}
