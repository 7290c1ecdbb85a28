//! A nested updater that can remove the object removes its denied member too.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsSettings};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsSettings)]
struct Theme {
    theme: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(nested)]
    settings: Option<Option<Theme>>,
}

// Without the second `Option` the denied member stays.
#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Kept {
    #[kratos(nested)]
    settings: Option<Theme>,
}

fn main() {}
