//! A whole generated struct as an update: what it leaves alone, and what stays to the letter.

/// An object with members that the schema does not name.
#[allow(missing_docs, unreachable_pub, dead_code)]
mod subscriber {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../schemas/subscriber.rs"
    ));
}

use crate::handmade::{Handmade, empty_patch, json, paths, settings_update, shown, whole};

#[test]
fn equal_values_stay_to_the_letter() {
    let current = r#"{"score":1.10,"big":123456789012345678901234567890,"one":1,"settings":{"layout":{"x":1.50,"width":7}},"list":[1.0,{"a":2.0}]}"#;
    let mut form = whole(current);
    form.0.insert("one".into(), json("1.0"));
    form.0["settings"]["layout"]["width"] = json("8");
    form.0["list"][0] = json("3");
    let change = settings_update(&form, current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        current.replace("7}", "8}").replace("[1.0", "[3")
    );
    assert!(!change.is_empty());
}

#[test]
fn integers_are_compared_exactly() {
    let current = r#"{"score":9007199254740992.0}"#;
    let mut update = empty_patch();
    update.set(Handmade::SCORE, json("9007199254740993"));
    let change = settings_update(&update, current).unwrap();
    assert_eq!(change.traits().as_str(), r#"{"score":9007199254740993}"#);
}

#[test]
fn a_change_of_nothing_knows_it() {
    let current = r#"{ "b": 1.10, "settings": { "theme": "dark" }, "a": [ 1 ] }"#;
    let change = settings_update(&whole(current), current).unwrap();
    assert!(change.is_empty());
    assert_eq!(change.traits().as_str(), current);
    assert!(change.changed().is_empty());
    let mut update = empty_patch();
    update
        .set(Handmade::SETTINGS_THEME, json("\"dark\""))
        .remove(Handmade::SCORE);
    let change = settings_update(&update, current).unwrap();
    assert!(change.is_empty());
    assert_eq!(change.traits().as_str(), current);
    update.set(Handmade::SETTINGS_THEME, json("\"light\""));
    assert!(!settings_update(&update, current).unwrap().is_empty());
}

#[test]
fn a_denied_member_does_not_freeze_its_object() {
    let current =
        r#"{"role":"admin","settings":{"theme":"dark","quota":3,"layout":{"width":1},"x":0}}"#;
    let form = whole(r#"{"role":"user","settings":{"theme":"light","quota":9,"y":1}}"#);
    let change = settings_update(&form, current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        r#"{"role":"admin","settings":{"theme":"light","quota":3,"y":1}}"#
    );
    let change = settings_update(&whole("{}"), current).unwrap();
    assert_eq!(
        change.traits().as_str(),
        r#"{"role":"admin","settings":{"quota":3}}"#
    );
    // Where nothing is denied inside, the object is set and removed as a whole.
    assert_eq!(
        paths(change.changed()),
        ["settings", "settings.theme", "settings.layout.width"]
    );
}

#[test]
fn what_cannot_be_written_is_a_problem() {
    let found = shown(settings_update(&whole(r#"{"unwritable":1}"#), "{}"));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with(": the value cannot be written as JSON"),
        "{found:?}"
    );
}

/// An entry under the name of a trait sets it where the field of the trait is `None`.
#[test]
fn an_additional_property_may_have_the_name_of_a_trait() {
    use kratos_traits::{Document, RawTraits, SettingsUpdate};

    let current = r#"{"email":"ada@example.org","type":"private","consent":true,"gifts":[],"x":1}"#;
    let current = RawTraits::parse(current).unwrap();
    let mut form = Document::<subscriber::SubscriberTraits>::new(current.clone())
        .typed()
        .unwrap()
        .clone();
    for (name, value) in [
        ("email", "\"eve@example.org\""),
        ("given-name", "\"Eve\""),
        ("x", "2"),
    ] {
        form.additional_properties.insert(name.into(), json(value));
    }
    let change = form.settings_update(&current).unwrap();
    let expected = current
        .as_str()
        .replace("\"x\":1", "\"x\":2,\"given-name\":\"Eve\"");
    assert_eq!(change.traits().as_str(), expected);
}
