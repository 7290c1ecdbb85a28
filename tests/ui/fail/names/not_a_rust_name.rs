//! The suggestion is spelled as a path, as a raw name, or with the object that contains the trait.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    first_name: String,
    typ: String,
    city: Option<String>,
    #[kratos(path = "mobile")]
    phone: Option<String>,
    adress_city: Option<String>,
}

fn main() {}
