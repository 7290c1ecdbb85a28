//! Generated structs and enums as JSON: what is written, what is read, what is refused. And the table beside them.

#![allow(deprecated)]

use guest::{Guest, GuestAddress, NewGuest, Plan};
use kratos_traits::{IdentityTraits, SettingsUpdate, TraitsObject};

/// As the generator writes it.
#[allow(deprecated, unreachable_pub, missing_docs)]
mod guest {
    use ::kratos_traits::generated::*;

    #[derive(Clone, PartialEq, Redacted, New, Serialize, Deserialize)]
    #[serde(crate = "::kratos_traits::generated::serde")]
    #[deprecated]
    pub struct Guest {
        #[serde(rename = "e-mail")]
        pub email: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[deprecated]
        pub plan: Option<Plan>,
        #[serde(
            default,
            deserialize_with = "read::present",
            skip_serializing_if = "Option::is_none"
        )]
        pub note: Option<Option<String>>,
        #[serde(deserialize_with = "read::nullable")]
        pub phone: Option<String>,
        #[serde(
            default,
            deserialize_with = "read::unless_empty",
            skip_serializing_if = "Option::is_none"
        )]
        pub address: Option<GuestAddress>,
        #[serde(flatten)]
        pub additional_properties: BTreeMap<String, JsonValue>,
    }

    #[derive(Clone, PartialEq, Redacted, New, Serialize, Deserialize)]
    #[serde(crate = "::kratos_traits::generated::serde")]
    pub struct GuestAddress {
        pub city: String,
    }

    #[derive(Clone, Copy, PartialEq, Eq, Hash, Redacted, Choice)]
    pub enum Plan {
        #[serde(rename = "free")]
        Free,
        #[serde(rename = "paid plan")]
        Paid,
    }

    ::kratos_traits::schema! {
        format 1: Guest, GuestAddress;
        pub(crate) Guest from "guest.schema.json", id "guest@v1";
        "e-mail": required string as String, identifier(code, email), const EMAIL;
        plan: string as Plan, denied;
        note: nullable string as Option<String>;
        phone: required nullable string as Option<String>;
        address: closed as GuestAddress, at "/definitions/address";
        address.city: required string as String, at "/definitions/address/properties/city";
        = r#"{
          "properties": { "traits": { "properties": {
            "e-mail": {}, "plan": {}, "note": {}, "phone": {}, "address": {}
          } } },
          "definitions": { "address": { "properties": { "city": {} } } }
        }"#;
    }
}

/// What comes out again, or the refusal.
fn again(json: &str) -> String {
    match serde_json::from_str::<Guest>(json) {
        Ok(value) => serde_json::to_string(&value).expect("the value is JSON"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn members_come_back_as_they_were() {
    for json in [
        r#"{"e-mail":"a@example.org","plan":"paid plan","phone":"1"}"#,
        r#"{"e-mail":"a@example.org","note":null,"phone":null}"#,
        r#"{"e-mail":"a@example.org","phone":null,"address":{"city":"Ulm"},"z":[1.50,{"b":null}]}"#,
    ] {
        assert_eq!(again(json), json.replace("1.50", "1.5"));
    }
    let absent = r#"{"e-mail":"a","phone":null}"#;
    let hollow = r#"{"e-mail":"a","plan":null,"phone":null,"address":{}}"#;
    assert_eq!(again(hollow), absent);
    // A closed object of an older schema reads what a newer one allows.
    let unknown = r#"{"e-mail":"a","phone":null,"address":{"city":"Ulm","zip":"1"}}"#;
    assert_eq!(
        again(unknown),
        r#"{"e-mail":"a","phone":null,"address":{"city":"Ulm"}}"#
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    for (json, said) in [
        ("{}", "missing field `e-mail`"),
        (r#"{"e-mail":"a"}"#, "missing field `phone`"),
        (
            r#"{"e-mail":"a","phone":null,"address":{"zip":1}}"#,
            "missing field `city`",
        ),
        (
            r#"{"e-mail":"a","phone":null,"plan":"gold"}"#,
            "unknown value; the schema allows: \"free\" \"paid plan\"",
        ),
        ("[]", "invalid type: sequence, expected struct Guest"),
    ] {
        let refusal = again(json);
        assert!(refusal.starts_with(said), "{json}: {refusal}");
    }
}

#[test]
fn the_texts_of_an_enum() {
    assert_eq!((Plan::ALL.len(), Plan::Paid.as_str()), (2, "paid plan"));
    assert_eq!("free".parse(), Ok(Plan::Free));
    assert_eq!(
        format!("{:>10}|{:?}", Plan::Free, Plan::Free),
        "      free|Plan { .. }"
    );
}

#[test]
fn the_table_says_where_and_what() {
    let facts = Guest::EMAIL.facts();
    assert_eq!((facts.line, facts.column, facts.roles.len()), (3, 13, 1));
    let city = Guest::ADDRESS_CITY.facts();
    assert_eq!((city.path, city.line), (&["address", "city"][..], 5));
    assert_eq!(GuestAddress::CITY.facts().path, ["city"]);
    assert!(!Guest::PLAN.facts().editable);
    assert_eq!(Guest::SCHEMA_IDS, ["guest@v1"]);
    assert_eq!(Guest::schema().traits.len(), Guest::TRAITS.len());
    assert_ne!(Guest::schema().fingerprint, 0);
}

#[derive(SettingsUpdate)]
#[kratos(traits = Guest, privileged)]
struct Rename {
    #[kratos(path = "e-mail")]
    email: String,
    note: Option<OrNull>,
    #[deprecated]
    phone: OrNull,
}

type OrNull = Option<String>;

#[test]
fn null_is_written_through_an_alias() {
    #[allow(deprecated)]
    let rename = Rename {
        email: "a@example.org".to_owned(),
        note: Some(None),
        phone: None,
    };
    let current = kratos_traits::RawTraits::parse("{}").expect("an object");
    let change = rename.settings_update(&current).expect("a change");
    let sent = r#"{"e-mail":"a@example.org","note":null,"phone":null}"#;
    assert_eq!(change.traits().as_str(), sent);
}

#[test]
fn a_value_is_made_of_its_required_members() {
    let (email, phone) = ("a@example.org".to_owned(), None);
    let guest: Guest = NewGuest { email, phone }.into();
    let written = serde_json::to_string(&guest).expect("the value is JSON");
    assert_eq!(written, r#"{"e-mail":"a@example.org","phone":null}"#);
}

#[test]
fn an_additional_property_does_not_change_a_denied_trait() {
    let current = r#"{"e-mail":"a@example.org","plan":"free","phone":null}"#;
    let mut guest: Guest = serde_json::from_str(current).expect("a guest");
    guest.plan = None;
    for name in ["plan", "note", "e-mail"] {
        let value = "b@example.org".into();
        guest.additional_properties.insert(name.to_owned(), value);
    }
    let current = kratos_traits::RawTraits::parse(current).expect("an object");
    let change = guest.settings_update(&current).expect("a change");
    let expected =
        r#"{"e-mail":"a@example.org","plan":"free","phone":null,"note":"b@example.org"}"#;
    assert_eq!(change.traits().as_str(), expected);
}
