//! Updaters inside updaters: nested, flattened, optional and removed.
use kratos_traits::{RawTraits, SettingsUpdate, Unprivileged};
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsAddress, AccountTraitsContact};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsAddress)]
struct AddressForm<'a> {
    city: Option<&'a str>,
    street: Option<Option<String>>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsContact, privileged)]
struct ContactForm {
    mobile: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Person<'a> {
    age: Option<i64>,
    #[kratos(nested)]
    address: AddressForm<'a>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Whole<'a> {
    #[kratos(flatten)]
    person: Person<'a>,
    #[kratos(flatten)]
    no_person: Option<Nobody>,
    #[kratos(nested, path = "contact")]
    reach: Option<Option<ContactForm>>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Nobody {
    display: Option<String>,
}

/// Which updater is inside, only its user knows.
#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Generic<A: SettingsUpdate<Traits = AccountTraitsAddress>> {
    email: String,
    #[kratos(nested)]
    address: A,
}

fn any_time(_: &impl Unprivileged) {}

fn main() {
    let current = RawTraits::parse(
        r#"{"email":"a@b","type":"x","address":{"street":"Via","country":"fr"},"contact":{"mobile":"+1"}}"#,
    )
    .unwrap();
    let person = Person {
        age: Some(36),
        address: AddressForm {
            city: Some("Rome"),
            street: Some(None),
        },
    };
    any_time(&person);
    let whole = Whole {
        person,
        no_person: None,
        reach: Some(None),
    };
    let change = whole.settings_update(&current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        r#"{"email":"a@b","type":"x","address":{"country":"fr","city":"Rome"},"age":36}"#
    );
    let changed: Vec<_> = change.changed().iter().map(|facts| facts.path.join(".")).collect();
    assert_eq!(changed, ["contact.mobile", "address.street", "address.city", "age"]);

    let generic = Generic {
        email: "a@b".into(),
        address: AddressForm {
            city: None,
            street: None,
        },
    };
    assert!(generic.settings_update(&current).unwrap().is_empty());

    let reach = Whole {
        reach: Some(Some(ContactForm {
            mobile: "+2".into(),
        })),
        ..whole
    };
    let change = reach.settings_update(&current).unwrap();
    assert_eq!(change.privileged().len(), 1);
}
