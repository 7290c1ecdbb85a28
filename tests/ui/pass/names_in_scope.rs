//! Beside user names that the expansion could refer to by accident.
#![allow(non_upper_case_globals, dead_code)]
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsAddress};

const field: u8 = 1;
static patch: u8 = 2;
const updater: u8 = 3;
const value: u8 = 3;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsAddress)]
struct AddressForm {
    city: Option<Option<String>>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update<const N: usize, S: Clone + Into<String>> {
    display: S,
    #[kratos(flatten)]
    nobody: Nobody<N>,
    #[kratos(nested)]
    address: Option<AddressForm>,
    #[kratos(path = "tags.0")]
    tag: Option<String>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Nobody<const N: usize> {
    #[kratos(flatten)]
    inner: Option<Inner<N>>,
    #[kratos(skip)]
    numbers: [u8; N],
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Inner<const N: usize> {
    age: Option<i64>,
}

fn main() {
    let update = Update {
        display: "Ada",
        nobody: Nobody::<2> {
            inner: None,
            numbers: [field, patch],
        },
        address: None,
        tag: None,
    };
    assert_eq!(update.patch().paths().count(), 1);
}
