//! An updater of another object is the only error: its access is not reported.
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
