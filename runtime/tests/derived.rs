//! Derived updaters: what each form of a field does to the traits.

#[allow(unreachable_pub)]
mod customer {
    include!("../../schemas/customer.rs");
}
#[allow(unreachable_pub, dead_code)]
mod subscriber {
    include!("../../schemas/subscriber.rs");
}

use customer::{CustomerTraits, CustomerTraitsName, NewCustomerTraits};
use kratos_traits::marker::Privileged;
use kratos_traits::{IdentityTraits, Patch, RawTraits, SettingsUpdate};
use subscriber::{SubscriberTraits, SubscriberTraitsType};

const CURRENT: &str = r#"{"email":"ada@example.org","nickname":"Ada","name":{"first":"A"}}"#;

fn after<T: IdentityTraits>(update: &impl SettingsUpdate<Traits = T>, current: &str) -> String {
    let current = RawTraits::parse(current).unwrap();
    let change = update.settings_update(&current).unwrap();
    change.traits().as_str().to_owned()
}

#[derive(Clone)]
struct FirstName(&'static str);

impl From<FirstName> for String {
    fn from(name: FirstName) -> Self {
        name.0.to_owned()
    }
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits, privileged)]
struct Change<'a> {
    email: &'a str,
    nickname: Option<Option<String>>,
    #[kratos(path = "name.first")]
    first: FirstName,
    newsletter: Option<bool>,
    #[kratos(skip)]
    #[allow(dead_code)]
    token: (),
}

#[test]
fn each_effect_does_what_it_says() {
    let mut change = Change {
        email: "ada@example.com",
        nickname: Some(None),
        first: FirstName("Ada"),
        newsletter: None,
        token: (),
    };
    assert_eq!(
        after(&change, CURRENT),
        r#"{"email":"ada@example.com","name":{"first":"Ada"}}"#
    );
    (change.nickname, change.newsletter) = (None, Some(true));
    assert_eq!(
        after(&&change, CURRENT),
        r#"{"email":"ada@example.com","nickname":"Ada","name":{"first":"Ada"},"newsletter":true}"#
    );
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraitsName)]
struct NameForm {
    first: Option<String>,
    last: Option<Option<String>>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Profile<S: Clone + Into<String>> {
    #[kratos(nested)]
    name: Option<Option<Box<NameForm>>>,
    nickname: Option<S>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Form<'a> {
    #[kratos(flatten)]
    profile: &'a Profile<&'static str>,
    newsletter: bool,
}

#[test]
fn updaters_are_nested_and_flattened() {
    let name = NameForm {
        first: None,
        last: Some(Some("Lovelace".to_owned())),
    };
    let mut profile = Profile {
        name: Some(Some(Box::new(name))),
        nickname: None,
    };
    let form = Form {
        profile: &profile,
        newsletter: true,
    };
    assert_eq!(
        after(&form, CURRENT),
        r#"{"email":"ada@example.org","nickname":"Ada","name":{"first":"A","last":"Lovelace"},"newsletter":true}"#
    );
    profile.name = Some(None);
    assert_eq!(
        after(&profile, CURRENT),
        r#"{"email":"ada@example.org","nickname":"Ada"}"#
    );
}

#[derive(SettingsUpdate)]
#[kratos(traits = SubscriberTraits)]
struct Subscription {
    r#type: SubscriberTraitsType,
    #[kratos(path = "languages.0")]
    first: Option<&'static str>,
    #[kratos(path = "languages.1")]
    second: String,
    copies: u8,
    #[kratos(path = "given-name")]
    given_name: std::borrow::Cow<'static, str>,
    #[kratos(flatten)]
    more: Patch<SubscriberTraits>,
}

#[test]
fn items_enums_and_patches_are_set() {
    let mut more = Patch::new();
    more.set(SubscriberTraits::DISCOUNT, 0.25)
        .set(SubscriberTraits::DELIVERY_ADDRESS_CITY, "Ulm");
    let change = Subscription {
        r#type: SubscriberTraitsType::PressOffice,
        first: Some("de"),
        second: "en".to_owned(),
        copies: 2,
        given_name: "Ada".into(),
        more,
    };
    let current = r#"{"email":"ada@example.org","type":"private","consent":true}"#;
    assert_eq!(
        after(&change, current),
        r#"{"email":"ada@example.org","type":"press-office","consent":true,"languages":["de","en"],"copies":2,"given-name":"Ada","discount":0.25,"delivery":{"address":{"city":"Ulm"}},"gifts":[]}"#
    );
}

#[test]
fn a_value_is_written_without_its_optional_members() {
    let email = "ada@example.org".to_owned();
    let traits = CustomerTraits {
        nickname: Some("Ada".to_owned()),
        ..NewCustomerTraits { email }.into()
    };
    assert_eq!(
        serde_json::to_string(&traits).unwrap(),
        r#"{"email":"ada@example.org","nickname":"Ada"}"#
    );
    assert_eq!(format!("{traits:?}"), "CustomerTraits { .. }");
    let patch: Patch<CustomerTraits, Privileged> = traits.patch();
    assert_eq!(
        format!("{patch:?}"),
        r#"{"email": "set", "name": "remove", "nickname": "set", "newsletter": "remove"}"#
    );
}
