//! Updaters of any type in a struct: ordinary ones by a bound, and privileged ones.
use kratos_traits::{RawTraits, SettingsUpdate, Unprivileged};
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsAddress};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Ordinary<U, V>
where
    U: Unprivileged<Traits = AccountTraits>,
    V: Unprivileged<Traits = AccountTraitsAddress>,
{
    #[kratos(flatten)]
    more: U,
    #[kratos(nested)]
    address: V,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Privileged<U: SettingsUpdate<Traits = AccountTraits>> {
    #[kratos(flatten)]
    more: U,
    plan: Option<kratos_traits_ui_tests::account::AccountTraitsPlan>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Age {
    age: i64,
}

/// Whether a trait is changed twice is known when the type is.
#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Twice<U: Unprivileged<Traits = AccountTraits>> {
    age: i64,
    #[kratos(flatten)]
    more: U,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsAddress)]
struct City {
    city: String,
}

fn main() {
    let (more, address) = (Age { age: 3 }, City { city: "Ulm".into() });
    let ordinary = Ordinary { more, address };
    assert_eq!(ordinary.patch().paths().count(), 2);
    let privileged = Privileged { more: ordinary, plan: None };
    assert_eq!(privileged.patch().paths().count(), 2);
    let twice = Twice { age: 3, more: Age { age: 4 } };
    let stored = RawTraits::parse(r#"{"email":"a@example.org","type":"x"}"#).unwrap();
    let problems = twice.settings_update(&stored).unwrap_err();
    assert_eq!(problems[0].message.text, "two fields of the updater change this trait");
}
