//! Fields of standard types each change their own trait.
use kratos_traits::{RawTraits, SettingsUpdate};
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsPlan};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Everything<'a> {
    active: bool,
    email: &'a str,
    score: u8,
    username: &'a String,
    plan: AccountTraitsPlan,
    #[kratos(path = "address.street")]
    street: String,
    #[kratos(path = "address.city")]
    city: Option<Option<String>>,
    age: Option<u16>,
    #[kratos(path = "settings.theme")]
    theme: Option<char>,
    backup_email: Option<Option<&'static str>>,
    #[kratos(path = "contact.mobile")]
    mobile: Option<String>,
    #[kratos(path = "contact.hours")]
    hours: Option<Option<String>>,
    display: char,
    r#type: String,
    #[kratos(path = r"first\.name")]
    first_name: Option<String>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Numbers {
    age: i64,
    score: Option<Option<f64>>,
    active: Option<Option<bool>>,
}

fn main() {
    let current =
        RawTraits::parse(r#"{"email":"a@example.org","type":"t","contact":{"hours":"9 to 5"}}"#)
            .unwrap();
    let update = Everything {
        active: true,
        email: "ada@example.org",
        score: 3,
        username: &"ada".to_owned(),
        plan: AccountTraitsPlan::Free,
        street: "Via Roma".to_owned(),
        city: Some(Some("Rome".to_owned())),
        age: Some(36),
        theme: Some('d'),
        backup_email: None,
        mobile: None,
        hours: Some(None),
        display: 'A',
        r#type: "u".to_owned(),
        first_name: Some("Ada".to_owned()),
    };
    let change = update.settings_update(&current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        r#"{"email":"ada@example.org","type":"u","contact":{},"active":true,"score":3.0,"username":"ada","plan":"free","address":{"street":"Via Roma","city":"Rome"},"age":36,"settings":{"theme":"d"},"display":"A","first.name":"Ada"}"#
    );
    assert_eq!(Everything::FIELDS.len(), 15);
    let patch = Numbers {
        age: 37,
        score: Some(None),
        active: Some(Some(false)),
    };
    let change = patch.settings_update(&change.traits()).unwrap();
    assert!(change.traits().as_str().contains(r#""age":37"#));
    assert!(!change.traits().as_str().contains("score"));
    assert!(change.traits().as_str().contains(r#""active":false"#));
}
