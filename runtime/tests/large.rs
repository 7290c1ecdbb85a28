//! Documents that are very wide or very deep: no work that grows faster than they do, which would not end here,
//! and no walk that ends the stack.

use crate::handmade::{Handmade, empty_patch, whole};

use kratos_traits::{JsonValue, RawTraits, Schema, SettingsUpdate, TraitPath};
use serde_json::value::RawValue;

const MANY: usize = 30_000;

/// An object with that many members, the values made by their number.
fn wide(value: impl Fn(usize) -> usize) -> String {
    let members: Vec<String> = (0..MANY)
        .map(|n| format!("\"m{n}\":{}", value(n)))
        .collect();
    format!("{{{}}}", members.join(","))
}

fn deep(levels: usize, innermost: &str) -> String {
    format!(
        "{}{innermost}{}",
        "{\"d\":".repeat(levels),
        "}".repeat(levels)
    )
}

fn raw(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).unwrap()
}

#[test]
fn a_whole_wide_object_is_updated() {
    let current = RawTraits::parse(&wide(|n| n)).unwrap();
    let change = whole(&wide(|n| n + n % 2))
        .settings_update(&current)
        .unwrap();
    assert_eq!(change.traits().as_str(), wide(|n| n + n % 2));
}

#[test]
fn many_edits_are_made() {
    let mut patch = empty_patch();
    for n in 0..MANY - 1 {
        let path = TraitPath::new([format!("m{n}")]);
        patch.remove_unnamed(&path).unwrap();
    }
    let current = RawTraits::parse(&wide(|n| n)).unwrap();
    let change = patch.settings_update(&current).unwrap();
    assert_eq!(change.traits().as_str(), r#"{"m29999":29999}"#);
}

#[test]
fn many_stored_empty_identifiers_are_accepted() {
    let text = |last: &str| format!("{{\"emails\":[{}\"{last}\"]}}", "\"\",".repeat(MANY));
    let current = RawTraits::parse(&text("a@example.org")).unwrap();
    let change = whole(&text("b@example.org")).settings_update(&current);
    assert_eq!(change.unwrap().traits().as_str(), text("b@example.org"));
}

#[test]
fn equal_items_are_found_among_many() {
    static SCHEMA: Schema = Schema::new(
        "large.schema.json",
        r#"{"properties":{"traits":{"properties":{"a":{"uniqueItems":true}}}}}"#,
        &[],
        0,
    );
    let items: Vec<String> = (0..MANY).map(|n| format!("{n},\"{n}\"")).collect();
    let check = |last: &str| {
        let text = format!("{{\"a\":[{}{last}]}}", items.join(","));
        SCHEMA.check(&RawTraits::parse(&text).unwrap())
    };
    assert!(check("").is_empty());
    let problems = check(",1.0");
    assert!(problems[0].message.text.contains("index 2 and 60000"));
}

#[test]
fn a_deep_value_keeps_its_text() {
    // Read as text, for as a `Value` it would be refused.
    let text = |innermost| format!("{{\"score\":1,\"x\":{}}}", deep(MANY, innermost));
    let current = RawTraits::parse(&text("1")).unwrap();
    let mut patch = empty_patch();
    patch.set(Handmade::SCORE, JsonValue::from(2));
    let change = patch.settings_update(&current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        text("1").replace("\"score\":1", "\"score\":2")
    );
}

#[test]
fn a_path_that_is_too_deep_is_not_found() {
    let current = RawTraits::parse(&deep(MANY, "1")).unwrap();
    let path = TraitPath::new(vec!["d"; MANY]);
    assert!(current.get(&path).is_none());
    let blocked = current.with(&path, raw("2")).unwrap_err();
    assert_eq!(blocked.segments().len(), 128);
    assert_eq!(current.without(&path).unwrap_err(), blocked);
    let empty = RawTraits::parse("{}").unwrap();
    assert!(empty.with(&path, raw("2")).is_err());
}
