//! The help for a denied trait works: the same schema under another name, without the denial.
use kratos_traits::{RawTraits, SettingsUpdate};
use kratos_traits_ui_tests::operator::OperatorTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = OperatorTraits)]
struct Promote {
    role: String,
}

fn main() {
    let current = RawTraits::parse(r#"{"email":"ada@example.org","type":"t"}"#).unwrap();
    let update = Promote {
        role: "editor".to_owned(),
    };
    let change = update.settings_update(&current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        r#"{"email":"ada@example.org","type":"t","role":"editor"}"#
    );
}
