//! A member of a free-form object has no path.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "preferences.theme")]
    theme: Option<String>,
}

fn main() {}
