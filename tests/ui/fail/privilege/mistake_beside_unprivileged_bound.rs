//! A struct with a mistake causes no second error where an ordinary updater is required.
use kratos_traits::{SettingsUpdate, Unprivileged};
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsContact};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Undeclared {
    username: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct ForNothing {
    score: f64,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, crat = kratos_traits)]
struct Misspelt {
    score: f64,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsContact)]
struct Contact {
    mobile: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Holder {
    #[kratos(nested)]
    contact: Contact,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct PrivilegedHolder {
    #[kratos(nested)]
    contact: Contact,
    #[kratos(flatten)]
    rest: Undeclared,
}

fn save_at_any_time(_: &impl Unprivileged) {}

fn main() {
    save_at_any_time(&Undeclared { username: String::new() });
    save_at_any_time(&ForNothing { score: 1.0 });
    save_at_any_time(&Misspelt { score: 1.0 });
}
