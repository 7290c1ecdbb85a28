//! A privileged nested updater requires a privileged struct.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsContact};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsContact, privileged)]
struct ContactForm {
    mobile: Option<String>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(nested)]
    contact: Option<ContactForm>,
}

fn main() {}
