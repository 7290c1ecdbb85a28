//! The type of a nested field must derive `SettingsUpdate`.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

struct AddressForm {
    city: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(nested)]
    address: AddressForm,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Privileged {
    email: String,
    #[kratos(flatten)]
    address: Option<AddressForm>,
}

fn main() {}
