//! Sets, keeps and removes: traits, members and objects, with borrowed, generated and generic types.
use std::borrow::Cow;

use kratos_traits::{RawTraits, SettingsUpdate};
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsAddress, AccountTraitsPlan};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Everything<'a, S: Clone + Into<String>> {
    email: S,
    plan: Option<AccountTraitsPlan>,
    display: Option<Option<Cow<'a, str>>>,
    age: Option<u8>,
    score: f64,
    #[kratos(path = r"first\.name")]
    first_name: &'a str,
    r#type: char,
    address: Option<Option<AccountTraitsAddress>>,
    #[kratos(path = "contact.mobile")]
    mobile: Option<Option<String>>,
    #[kratos(path = "phones.1")]
    second_phone: Option<&'static str>,
    #[kratos(skip)]
    csrf: u128,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Nothing {}

fn main() {
    let current = RawTraits::parse(
        r#"{"email":"ada@example.org","display":"Ada","address":{"city":"Rome"},"phones":["+1","+2"],"contact":{"mobile":"+3"},"x":1}"#,
    )
    .unwrap();
    let update = Everything {
        email: "grace@example.org",
        plan: None,
        display: Some(None),
        age: Some(36),
        score: 0.5,
        first_name: "Grace",
        r#type: 'a',
        address: Some(None),
        mobile: Some(None),
        second_phone: Some("+4"),
        csrf: 0,
    };
    assert_eq!(update.csrf, 0);
    let patched = format!("{:?}", update.patch());
    assert!(!patched.contains("grace"), "{patched}");
    // A member that the generated types do not name stays: whether a newer schema knows it, Kratos judges.
    let change = update.settings_update(&current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        r#"{"email":"grace@example.org","phones":["+1","+4"],"contact":{},"x":1,"age":36,"score":0.5,"first.name":"Grace","type":"a"}"#
    );
    assert!(change.is_privileged());
    let same = Nothing {}.settings_update(&change.traits()).unwrap();
    assert_eq!(same.traits().as_str(), change.traits().as_str());
    assert!(same.changed().is_empty());
}
