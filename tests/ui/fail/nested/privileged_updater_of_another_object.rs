//! One mistake, one error: of an updater that is of another object, nothing more is said.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsContact};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsContact, privileged)]
struct Contact {
    mobile: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Form {
    #[kratos(nested)]
    address: Option<Option<Contact>>,
    #[kratos(flatten)]
    rest: Contact,
}

fn main() {}
