//! Typed values that replace stored values with members that the type does not name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::keep::Stored;
use crate::JsonValue;
use crate::json::Json;
use crate::json::path::TraitPath;
use crate::traits::facts::{IdentityTraits, Schema, TraitFacts, TraitsObject};
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

impl IdentityTraits for Person {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema::new(
            "person.schema.json",
            r#"{"properties":{"traits":{"type":"object"}}}"#,
            Person::TRAITS,
            0,
        );
        &SCHEMA
    }
}

/// The new text of a trait, or the paths of the members that would be lost: their segments and their `Display`.
fn set(document: &str, path: &str, new: &impl Serialize) -> Result<String, Vec<[String; 2]>> {
    let current = RawTraits::parse(document).unwrap();
    let current = current.json();
    let path = TraitPath::parse(path);
    let stored = current.at(path.segments()).unwrap();
    let new = typed::written(new).unwrap();
    let kept = Stored::<Person>::of(&current).keep(&path, stored, &Json::read(&new));
    let text = |kept: Option<Json<'_>>| {
        kept.map_or_else(|| "as it is".into(), |kept| kept.text().into_owned())
    };
    kept.map(text).map_err(|lost| {
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
fn an_object_keeps_members_that_its_type_does_not_name() {
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
fn a_map_names_every_entry_and_its_values_name_their_members() {
    let stored =
        with_email(r#""accounts":{"a":{"recipient":"r","n":1},"b":{"recipient":"s","n":2}}"#);
    let new = BTreeMap::from([("a", gift("q")), ("c", gift("t"))]);
    assert_eq!(
        set(&stored, "accounts", &new).unwrap(),
        r#"{"a":{"recipient":"q","n":1},"c":{"recipient":"t"}}"#
    );
}

#[test]
fn an_object_with_a_flattened_map_names_every_member() {
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
    let current = current.json();
    let stored = Stored::<Person>::of(&current);
    let others = |object: &TraitPath, except: &[&str]| {
        let except = except.iter().map(|name| (*name).to_owned()).collect();
        let others = stored.others(object, &except);
        others
            .iter()
            .map(|one| one.segments().join("."))
            .collect::<Vec<_>>()
    };
    let delivery = TraitPath::parse("delivery");
    assert_eq!(others(&delivery, &[]), ["delivery.a", "delivery.b"]);
    assert_eq!(others(&delivery, &["a"]), ["delivery.b"]);
    assert!(others(&TraitPath::ROOT, &[]).is_empty());
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
    let null = with_email(r#""gifts":[{"recipient":"r","until":null,"note":null}]"#);
    let lost = set(&null, "gifts", &[gift("s")]).unwrap_err();
    assert_eq!((lost.len(), lost[0][0].as_str()), (1, "gifts.0.note"));
    let named = with_email(r#""gifts":[{"recipient":"r","until":"u"},{"recipient":"s"}]"#);
    assert_eq!(
        set(&named, "gifts", &[gift("s")]).unwrap(),
        r#"[{"recipient":"s"}]"#
    );
}

#[test]
fn the_value_is_read_alone_if_the_document_does_not_fit() {
    let stored =
        r#"{"name":{"first":"Ada","last":"King","x":1},"gifts":[{"recipient":"r","n":1}]}"#;
    assert_eq!(
        set(stored, "name", &name("Grace")).unwrap(),
        r#"{"first":"Grace","x":1}"#
    );
    assert_eq!(set(stored, "gifts", &[gift("r")]).unwrap(), "as it is");
    let lost = set(stored, "gifts", &[gift("s")]).unwrap_err();
    assert_eq!(lost[0][0], "gifts.0.n");
    let accounts = r#"{"accounts":{"a":{"recipient":"r"},"b":{"recipient":"s","n":1}}}"#;
    assert_eq!(
        set(accounts, "accounts", &BTreeMap::from([("b", gift("t"))])).unwrap(),
        r#"{"b":{"recipient":"t","n":1}}"#
    );
}

#[test]
fn a_value_that_does_not_fit_loses_nothing() {
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
fn a_value_of_another_type_is_replaced() {
    let stored = with_email(r#""name":"Ada","accounts":[{"x":1}]"#);
    assert_eq!(
        set(&stored, "name", &name("G")).unwrap(),
        r#"{"first":"G"}"#
    );
    let new: BTreeMap<String, Gift> = BTreeMap::new();
    assert_eq!(set(&stored, "accounts", &new).unwrap(), "{}");
    assert_eq!(set(&stored, "email", &"f").unwrap(), "\"f\"");
}

/// Kratos may find an identifier among the members of a map.
#[test]
fn the_removal_of_other_members_touches_the_object() {
    use super::patch::{Action, Patch};

    let mut patch = Patch::<Person, _>::privileged();
    let but = std::collections::BTreeSet::new();
    patch.push(TraitPath::parse("delivery"), Action::RemoveOthers { but });
    let touched: Vec<_> = patch.touched().iter().map(|facts| facts.path).collect();
    assert_eq!(touched, [&["delivery"]]);
}

#[cfg(feature = "client")]
#[test]
fn a_stored_patch_hides_the_same_names() {
    use super::patch::Patch;

    let form = r#"{"email":"e","delivery":{"a":1},"x":2}"#;
    let form: Person = typed::read(&RawTraits::parse(form).unwrap().json())
        .ok()
        .unwrap();
    let mut patch = Patch::whole(&form);
    patch.push(
        TraitPath::parse("delivery").hidden_child("a"),
        super::patch::Action::Remove,
    );
    let text = serde_json::to_string(patch.entries()).unwrap();
    let read = Patch::<Person, _>::from_stored(serde_json::from_str(&text).unwrap()).unwrap();
    assert!(format!("{patch:?}").contains("delivery.*"));
    assert_eq!(format!("{read:?}"), format!("{patch:?}"));
}

/// The later of two updates from one form.
#[cfg(feature = "client")]
#[test]
fn members_that_another_client_adds_stay() {
    use super::patch::Patch;

    let base = with_email(
        r#""name":{"first":"Ada","x":1},"gifts":[{"recipient":"r","n":1}],"delivery":{"a":1,"b":2}"#,
    );
    let base = RawTraits::parse(&base).unwrap();
    let mut form: Person = typed::read(&base.json()).ok().unwrap();
    form.name.as_mut().unwrap().first = None;
    let delivery = form.delivery.as_mut().unwrap();
    delivery.additional_properties.remove("a");
    let current = base
        .as_str()
        .replace(r#""x":1"#, r#""x":2,"y":3"#)
        .replace(r#""n":1"#, r#""n":2"#)
        .replace(r#""b":2"#, r#""b":2,"c":3"#);
    let current = RawTraits::parse(&current).unwrap();
    let (base, current) = (base.json(), current.json());
    let patch = Patch::whole(&form);
    let patch = Patch::<Person, _>::from_stored(patch.made_on(&base).entries).unwrap();
    let merged = patch.merge(&patch.project(&base), &current).ok().unwrap();
    assert!(merged.conflicts.is_empty());
    let after = merged.patch.apply(&current).unwrap();
    let expected = with_email(
        r#""name":{"x":2,"y":3},"gifts":[{"recipient":"r","n":2}],"delivery":{"b":2,"c":3}"#,
    );
    assert_eq!(after.text(), expected);
}

#[cfg(feature = "client")]
#[test]
fn an_update_of_an_array_is_refused_after_it_is_stored_too() {
    use super::patch::{Action, Patch};

    let base = with_email(r#""gifts":[{"recipient":"r","n":1}]"#);
    let base = RawTraits::parse(&base).unwrap();
    let base = base.json();
    let gifts = |gifts: &[Gift]| {
        let mut patch = Patch::<Person, _>::privileged();
        let gifts = typed::written(gifts).unwrap();
        patch.push(TraitPath::parse("gifts"), Action::Set(gifts));
        Patch::<Person, _>::from_stored(patch.made_on(&base).entries).unwrap()
    };
    let other = gifts(&[gift("s")]);
    let seen = other.project(&base);
    let problems = other.merge(&seen, &base).err().unwrap();
    assert!(problems[0].is_of_unnamed_member());
    let replacing = other.replacing().merge(&seen, &base).ok().unwrap();
    let after = replacing.patch.apply(&base).unwrap();
    assert!(after.text().ends_with(r#""gifts":[{"recipient":"s"}]}"#));
    let same = gifts(&[gift("r")]).merge(&seen, &base).ok().unwrap();
    assert!(same.patch.is_empty());
}
