//! `traits`, `crate` and `path` require a value.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits)]
struct NoTraits {
    age: i64,
}

#[derive(SettingsUpdate)]
#[kratos(crate, traits = AccountTraits)]
struct NoCrate {
    #[kratos(path)]
    age: i64,
}

fn main() {}
