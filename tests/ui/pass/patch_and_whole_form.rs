//! A patch made at run time, and the generated struct as an updater.
use kratos_traits::{Patch, RawTraits, SettingsUpdate};
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsPlan};

fn main() {
    let current = RawTraits::parse(
        r#"{"email":"a@b","type":"x","role":"admin","settings":{"quota":3},"display":"Ada"}"#,
    )
    .unwrap();

    let mut patch = Patch::<AccountTraits>::new();
    patch
        .set(AccountTraits::PLAN, AccountTraitsPlan::Team)
        .set(AccountTraits::ADDRESS_CITY, "Rome")
        .set(AccountTraits::FIRST_NAME, "Ada")
        .remove(AccountTraits::DISPLAY);
    let change = patch.settings_update(&current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        r#"{"email":"a@b","type":"x","role":"admin","settings":{"quota":3},"plan":"team","address":{"city":"Rome"},"first.name":"Ada"}"#
    );
    assert_eq!(AccountTraits::ADDRESS_CITY.facts().path, ["address", "city"]);

    let mut privileged = Patch::<AccountTraits, _>::privileged();
    privileged.set(AccountTraits::EMAIL, "c@d").set(AccountTraits::AGE, 3);
    assert!(privileged.settings_update(&current).unwrap().is_privileged());

    let mut form: AccountTraits = serde_json_free::read(current.as_str());
    form.display = None;
    form.email = "A@B".to_owned();
    form.role = Some("user".to_owned());
    let settings = form.settings.as_mut().unwrap();
    settings.theme = Some("dark".to_owned());
    settings.quota = Some(1_000_000);
    let change = form.settings_update(&current).unwrap();
    // What the configuration denies is left alone, beside other members of its object, too.
    assert_eq!(
        change.traits().as_str(),
        r#"{"email":"A@B","type":"x","role":"admin","settings":{"quota":3,"theme":"dark"}}"#
    );
    let changed: Vec<_> = change.changed().iter().map(|facts| facts.path.join(".")).collect();
    assert_eq!(changed, ["email", "settings.theme", "display"]);
    // Another letter case is no other identifier.
    assert!(!change.is_privileged());
}

/// The generated types read with any serde; the runtime's own is at hand here.
mod serde_json_free {
    pub fn read<T: kratos_traits::IdentityTraits>(text: &str) -> T {
        let raw = kratos_traits::RawTraits::parse(text).unwrap();
        kratos_traits::Document::<T>::new(raw).typed().unwrap().clone()
    }
}
