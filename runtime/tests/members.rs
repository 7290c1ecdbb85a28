//! Generated structs and enums as JSON: what is written, what is read, what is refused.

use std::collections::BTreeMap;

use kratos_traits::__private::{choice, object};
use kratos_traits::JsonObject;

#[derive(Clone, PartialEq)]
struct Closed {
    email: String,
    plan: Option<Plan>,
}
object! {
    Closed {
        email: required("e-mail"),
        plan: optional("plan"),
    }
}

#[derive(Clone, PartialEq)]
struct Open {
    email: String,
    rest: JsonObject,
}
object! {
    Open {
        email: required("email"),
        rest: rest(),
    }
}

#[derive(Clone, PartialEq)]
struct Numbers {
    rest: BTreeMap<String, i64>,
}
object! {
    Numbers {
        rest: rest(),
    }
}

#[derive(Clone, PartialEq)]
struct Wide {
    a: String,
    b: i64,
    c: Option<String>,
    rest: JsonObject,
}
object! {
    Wide {
        a: required("a"),
        b: required("b"),
    } {
        c: optional("c"),
        rest: rest(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Plan {
    Free,
    Paid,
}
choice! {
    Plan {
        Free: "free",
        Paid: "paid plan",
    }
}

/// What comes out again, or the refusal.
fn again<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) -> String {
    match serde_json::from_str::<T>(json) {
        Ok(value) => serde_json::to_string(&value).expect("the value is JSON"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn members_come_back_as_they_were() {
    for json in [
        r#"{"e-mail":"a@example.org","plan":"paid plan"}"#,
        r#"{"e-mail":"a@example.org"}"#,
    ] {
        assert_eq!(again::<Closed>(json), json);
    }
    let null = r#"{"e-mail":"a@example.org","plan":null}"#;
    assert_eq!(again::<Closed>(null), r#"{"e-mail":"a@example.org"}"#);
}

#[test]
fn members_without_a_field_are_kept() {
    for json in [
        r#"{"email":"a@example.org"}"#,
        r#"{"email":"a@example.org","a":[1,{"b":null}],"z":1}"#,
    ] {
        assert_eq!(again::<Open>(json), json);
    }
    for json in ["{}", r#"{"a":1,"b":-2}"#] {
        assert_eq!(again::<Numbers>(json), json);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    for (json, said) in [
        ("{}", "missing field `e-mail`"),
        (r#"{"e-mail":"a","b":1}"#, "unknown member `b`"),
        (
            r#"{"e-mail":"a","plan":"gold"}"#,
            "invalid value: another string, expected one of \"free\" \"paid plan\"",
        ),
        ("[]", "invalid type: sequence, expected a map"),
    ] {
        let refusal = again::<Closed>(json);
        assert!(refusal.starts_with(said), "{json}: {refusal}");
    }
    assert!(again::<Open>(r#"{"a":1}"#).starts_with("missing field `email`"));
    assert!(again::<Numbers>(r#"{"a":"1"}"#).starts_with("invalid type"));
}

#[test]
fn a_wide_object_is_read_in_groups() {
    for json in [
        r#"{"a":"x","b":1}"#,
        r#"{"a":"x","b":1,"c":"y","d":[null]}"#,
    ] {
        assert_eq!(again::<Wide>(json), json);
    }
    for (json, said) in [
        ("{}", "missing field `a`"),
        (r#"{"a":"x","c":1}"#, "missing field `b`"),
        (r#"{"a":"x","b":1,"c":1}"#, "invalid type"),
    ] {
        let refusal = again::<Wide>(json);
        assert!(refusal.starts_with(said), "{json}: {refusal}");
    }
}
