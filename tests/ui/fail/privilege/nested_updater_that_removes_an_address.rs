//! A nested updater that can remove the object removes its address too.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsContact};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsContact)]
struct Hours {
    hours: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(nested)]
    contact: Option<Option<Hours>>,
}

// Without the second `Option` the address stays.
#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Kept {
    #[kratos(nested)]
    contact: Option<Hours>,
}

// With the word it may go.
#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Removed {
    #[kratos(nested)]
    contact: Option<Option<Hours>>,
}

fn main() {}
