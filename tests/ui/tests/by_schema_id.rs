//! The enum over the traits of several schemas.

use kratos_traits::{RawTraits, Unreadable};
use kratos_traits_ui_tests::customer::CustomerTraits;
use kratos_traits_ui_tests::subscriber::SubscriberTraits;

#[allow(clippy::large_enum_variant)]
#[derive(Clone, PartialEq)]
enum AnyTraits {
    Customer(CustomerTraits),
    Subscriber(SubscriberTraits),
}
kratos_traits::__private::schemas! {
    AnyTraits {
        Customer(CustomerTraits): "customer",
        Subscriber(SubscriberTraits): "subscriber@v1",
    }
}

fn raw(text: &str) -> RawTraits {
    RawTraits::parse(text).expect("an object")
}

#[test]
fn the_schema_id_chooses() {
    let email = r#"{ "email": "a@example.org" }"#;
    let traits = AnyTraits::from_schema_id("customer", raw(email)).expect("traits of a customer");
    assert!(matches!(&traits, AnyTraits::Customer(customer) if customer.email == "a@example.org"));
    assert_eq!(traits.schema_id(), "customer");
    assert_eq!(format!("{traits:?}"), "AnyTraits { .. }");
    assert_eq!(AnyTraits::SCHEMA_IDS, ["customer", "subscriber@v1"]);
}

#[test]
fn an_unknown_id_and_an_outdated_document() {
    let unknown = AnyTraits::from_schema_id("staff", raw("{}")).expect_err("no such schema");
    assert_eq!(
        unknown.to_string(),
        r#"unknown identity schema "staff"; expected one of ["customer", "subscriber@v1"]"#
    );
    let outdated = AnyTraits::from_schema_id("customer", raw("{}")).expect_err("no e-mail");
    assert!(
        matches!(outdated, Unreadable::Outdated { .. }),
        "{outdated}"
    );
}
