//! An updater of an object is not an update of the traits.
use kratos_traits::{RawTraits, SettingsUpdate};
use kratos_traits_ui_tests::account::AccountTraitsContact;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsContact, privileged)]
struct ContactForm {
    mobile: Option<String>,
}


fn update(form: &ContactForm, current: &RawTraits) {
    let _ = form.settings_update(current);
}

fn main() {}
