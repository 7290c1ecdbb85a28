//! An address inside an object, named by its path.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "contact.mobile")]
    mobile: Option<String>,
}

fn main() {}
