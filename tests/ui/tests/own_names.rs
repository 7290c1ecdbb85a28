//! Types of the application's own that have the names of standard ones.

use kratos_traits::{RawTraits, SettingsUpdate};
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(Clone)]
struct String(&'static str);

impl From<String> for std::string::String {
    fn from(own: String) -> Self {
        own.0.to_uppercase()
    }
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    nickname: self::String,
}

#[test]
fn such_a_type_is_written_with_its_path() {
    let current = RawTraits::parse(r#"{"email":"ada@example.org"}"#).expect("an object");
    let rename = Rename {
        nickname: String("ada"),
    };
    let change = rename.settings_update(&current).expect("no problem");
    assert_eq!(
        change.traits().as_str(),
        r#"{"email":"ada@example.org","nickname":"ADA"}"#
    );
}
