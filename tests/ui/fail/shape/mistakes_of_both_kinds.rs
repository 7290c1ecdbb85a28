//! Mistakes that the compiler finds are reported in the same run as those that the derive finds.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Form {
    scoer: f64,
    plan: String,
}

fn main() {}
