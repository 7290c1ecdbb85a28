//! Sets, keeps and removes; nested traits; borrowed and generated types; generics.
use std::borrow::Cow;

use kratos_traits::{RawTraits, SettingsUpdate};
use kratos_traits_ui_tests::customer::{CustomerTraits, CustomerTraitsName};

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits, privileged)]
struct Everything<'a, S: Clone + Into<String>> {
    email: S,
    name: Option<CustomerTraitsName>,
    nickname: Option<Option<Cow<'a, str>>>,
    newsletter: Option<bool>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Nothing {}

fn main() {
    let current = RawTraits::parse(r#"{"email":"ada@example.org","nickname":"Ada"}"#).unwrap();
    let update = Everything {
        email: "grace@example.org",
        name: None,
        nickname: Some(None::<Cow<'_, str>>),
        newsletter: Some(true),
    };
    let change = update.settings_update(&current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        r#"{"email":"grace@example.org","newsletter":true}"#
    );
    assert!(change.is_privileged());
    let same = Nothing {}.settings_update(&current).unwrap();
    assert_eq!(same.traits().as_str(), current.as_str());
}
