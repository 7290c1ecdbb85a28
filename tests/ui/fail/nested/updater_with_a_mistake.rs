//! A mistake in an updater is not reported for the struct that contains it.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsContact};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsContact, privileged)]
struct Contact {
    mobile: String,
    huors: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Form {
    #[kratos(nested)]
    contact: Contact,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsContact)]
struct Undeclared {
    mobile: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct OtherForm {
    #[kratos(nested)]
    contact: Undeclared,
}

fn main() {}
