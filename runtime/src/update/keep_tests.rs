//! Typed values set in the place of stored ones that hold more than the type names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::keep::Stored;
use crate::JsonValue;
use crate::traits::facts::{TraitFacts, TraitsObject};
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::traits::typed;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) gifts: Option<Vec<Gift>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) accounts: Option<BTreeMap<String, Gift>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) delivery: Option<Delivery>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Name {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) first: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Gift {
    pub(super) recipient: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Delivery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) company: Option<String>,
    #[serde(flatten)]
    pub(super) additional_properties: BTreeMap<String, JsonValue>,
}

const fn facts(path: &'static [&'static str]) -> TraitFacts {
    TraitFacts {
        path,
        required: false,
        roles: &[],
        editable: true,
        line: 1,
        column: 1,
    }
}

impl TraitsObject for Person {
    const TRAITS: &'static [TraitFacts] = &[
        facts(&["email"]),
        facts(&["name"]),
        facts(&["name", "first"]),
        facts(&["name", "last"]),
        facts(&["gifts"]),
        facts(&["accounts"]),
        facts(&["delivery"]),
        facts(&["delivery", "company"]),
    ];
}

/// What becomes of a trait, or the places that would be lost, as they are and as they are shown.
fn set(document: &str, path: &str, new: &impl Serialize) -> Result<String, Vec<[String; 2]>> {
    let current = RawTraits::parse(document).unwrap();
    let path = TraitPath::parse(path);
    let stored = current.get(&path).unwrap();
    let new = typed::written(new).unwrap();
    let kept = Stored::<Person>::of(&current).keep(&path, &stored, &new);
    let kept = kept.map(|kept| kept.map_or_else(|| "as it is".to_owned(), |kept| kept.to_string()));
    kept.map_err(|lost| {
        let names = |path: &TraitPath| TraitPath::new(path.segments()).to_string();
        let both = |path: &TraitPath| [names(path), path.to_string()];
        lost.iter().map(both).collect()
    })
}

fn name(first: &str) -> Name {
    Name {
        first: Some(first.to_owned()),
        last: None,
    }
}

fn gift(recipient: &str) -> Gift {
    Gift {
        recipient: recipient.to_owned(),
        until: None,
    }
}

fn with_email(rest: &str) -> String {
    format!(r#"{{"email":"e",{rest}}}"#)
}

#[test]
fn an_object_keeps_what_its_type_does_not_name() {
    let stored = with_email(r#""name":{"title":1.10,"first":"Ada","last":"King","x":{"y":[]}}"#);
    assert_eq!(
        set(&stored, "name", &name("Grace")).unwrap(),
        r#"{"title":1.10,"first":"Grace","x":{"y":[]}}"#
    );
    let same = with_email(r#""name":{"title":1.10,"first":"Ada"}"#);
    assert_eq!(set(&same, "name", &name("Ada")).unwrap(), "as it is");
    let half = with_email(r#""name":{"first":"Ada\ud800","x":1}"#);
    let unchanged = name("Ada\u{fffd}");
    assert_eq!(set(&half, "name", &unchanged).unwrap(), "as it is");
}

#[test]
fn a_map_names_every_entry_and_its_values_what_their_type_names() {
    let stored =
        with_email(r#""accounts":{"a":{"recipient":"r","n":1},"b":{"recipient":"s","n":2}}"#);
    let new = BTreeMap::from([("a", gift("q")), ("c", gift("t"))]);
    assert_eq!(
        set(&stored, "accounts", &new).unwrap(),
        r#"{"a":{"recipient":"q","n":1},"c":{"recipient":"t"}}"#
    );
}

#[test]
fn an_object_that_collects_the_others_names_every_member() {
    let stored = with_email(r#""delivery":{"company":"c","a":1.0,"b":{"x":1}}"#);
    let mut new = Delivery {
        company: Some("d".to_owned()),
        additional_properties: BTreeMap::from([("a".to_owned(), JsonValue::from(1.0))]),
    };
    assert_eq!(
        set(&stored, "delivery", &new).unwrap(),
        r#"{"company":"d","a":1.0}"#
    );
    new.additional_properties
        .insert("company".to_owned(), JsonValue::from("other"));
    new.additional_properties
        .insert("b".to_owned(), serde_json::json!({ "x": 1 }));
    assert_eq!(
        set(&stored, "delivery", &new).unwrap(),
        r#"{"company":"d","a":1.0,"b":{"x":1}}"#
    );
    let current = RawTraits::parse(&stored).unwrap();
    let stored = Stored::<Person>::of(&current);
    assert_eq!(stored.collected(&TraitPath::parse("delivery")), ["a", "b"]);
    assert!(stored.collected(&TraitPath::ROOT).is_empty());
}

#[test]
fn an_array_is_not_replaced_when_that_loses_members_of_its_items() {
    let stored = with_email(
        r#""gifts":[{"recipient":"r","until":null,"note":1},{"recipient":"s","x.y":{"z":2}}]"#,
    );
    let same = [gift("r"), gift("s")];
    assert_eq!(set(&stored, "gifts", &same).unwrap(), "as it is");
    let lost = [
        ["gifts.0.note", "gifts.0.*"],
        ["gifts.1.x\\.y", "gifts.1.*"],
    ]
    .map(|pair| pair.map(str::to_owned));
    for other in [&[gift("r")][..], &[gift("r"), gift("t")], &[]] {
        assert_eq!(set(&stored, "gifts", &other).unwrap_err(), lost);
    }
    let named = with_email(r#""gifts":[{"recipient":"r","until":"u"},{"recipient":"s"}]"#);
    assert_eq!(
        set(&named, "gifts", &[gift("s")]).unwrap(),
        r#"[{"recipient":"s"}]"#
    );
}

#[test]
fn of_a_document_that_does_not_fit_the_value_is_read_alone() {
    let stored =
        r#"{"name":{"first":"Ada","last":"King","x":1},"gifts":[{"recipient":"r","n":1}]}"#;
    assert_eq!(
        set(stored, "name", &name("Grace")).unwrap(),
        r#"{"first":"Grace","x":1}"#
    );
    assert_eq!(set(stored, "gifts", &[gift("r")]).unwrap(), "as it is");
    let lost = set(stored, "gifts", &[gift("s")]).unwrap_err();
    assert_eq!(lost[0][0], "gifts.0.n");
}

#[test]
fn of_a_value_that_does_not_fit_nothing_is_lost() {
    let stored = with_email(
        r#""name":{"first":5,"last":"King","x":1},"gifts":[{"recipient":5,"until":"u","n":{"o":1}}]"#,
    );
    assert_eq!(
        set(&stored, "name", &name("Grace")).unwrap(),
        r#"{"first":"Grace","x":1}"#
    );
    let lost = set(&stored, "gifts", &[gift("s")]).unwrap_err();
    let lost: Vec<_> = lost.iter().map(|[path, _]| path.as_str()).collect();
    assert_eq!(lost, ["gifts.0.n", "gifts.0.until"]);
    let accounts = with_email(r#""accounts":{"a":{"recipient":5}}"#);
    assert_eq!(
        set(&accounts, "accounts", &BTreeMap::from([("b", gift("r"))])).unwrap(),
        r#"{"a":{"recipient":5},"b":{"recipient":"r"}}"#
    );
}

#[test]
fn what_is_of_another_kind_is_replaced() {
    let stored = with_email(r#""name":"Ada","accounts":[{"x":1}]"#);
    assert_eq!(
        set(&stored, "name", &name("G")).unwrap(),
        r#"{"first":"G"}"#
    );
    let new: BTreeMap<String, Gift> = BTreeMap::new();
    assert_eq!(set(&stored, "accounts", &new).unwrap(), "{}");
    assert_eq!(set(&stored, "email", &"f").unwrap(), "\"f\"");
}
