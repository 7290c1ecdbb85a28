//! Identifiers and addresses inside arrays and objects.

use crate::handmade::{Handmade, empty_patch, json, paths, settings_update, shown};

fn privileged(
    update: &impl kratos_traits::SettingsUpdate<Traits = Handmade>,
    now: &str,
) -> Vec<String> {
    let change = settings_update(update, now).unwrap();
    change
        .privileged()
        .iter()
        .map(|(facts, role)| format!("{}: {role}", facts.path.join(".")))
        .collect()
}

#[test]
fn the_last_identifier_is_not_emptied_away() {
    let current = r#"{"emails":["a@example.org"],"names":{"login":"ada"}}"#;
    for emptied in ["[]", "[[]]", "{}"] {
        let mut update = empty_patch();
        update.set(Handmade::EMAILS, json(emptied));
        let found = shown(settings_update(&update, current));
        assert_eq!(found.len(), 1, "{emptied}: {found:?}");
        assert!(
            found[0].starts_with("emails: the last identifier of `code`"),
            "{found:?}"
        );
    }
    // The named member is no identifier: who takes the others out takes the last one out.
    let mut update = empty_patch();
    update.set(Handmade::NAMES, json(r#"{"note":"hello"}"#));
    let found = shown(settings_update(&update, current));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("names: the last identifier of `password`"),
        "{found:?}"
    );
    let mut update = empty_patch();
    update.set(Handmade::NAMES, json(r#"{"other":"grace"}"#));
    assert!(settings_update(&update, current).is_ok());
}

#[test]
fn blank_values_inside_are_refused() {
    let current = r#"{"contacts":[{"tel":"+49301","note":""}]}"#;
    let mut update = empty_patch();
    update.set(
        Handmade::CONTACTS,
        json(r#"[{"tel":"+49301","note":""},{"tel":" "}]"#),
    );
    let found = shown(settings_update(&update, current));
    assert_eq!(
        found,
        ["contacts.1.*: an identifier or address cannot be empty"]
    );
    let mut update = empty_patch();
    update
        .set(Handmade::NAMES, json(r#"{"login":""}"#))
        .set(Handmade::EMAILS, json(r#"["a@b",null]"#));
    let found = shown(settings_update(&update, current));
    assert_eq!(
        found,
        [
            "emails.1: an identifier or address cannot be null",
            "names.*: an identifier or address cannot be empty"
        ]
    );
}

#[test]
fn values_inside_are_compared_as_kratos_keeps_them() {
    let current = r#"{"contacts":[{"tel":"+49 301"}],"emails":["A@b"],"names":{"login":"Ada"}}"#;
    let mut update = empty_patch();
    update
        .set(Handmade::CONTACTS, json(r#"[{"tel":"+49301"}]"#))
        .set(Handmade::EMAILS, json(r#"["a@B"]"#))
        .set(Handmade::NAMES, json(r#"{"login":"ada"}"#));
    assert_eq!(privileged(&update, current), [""; 0]);
    update
        .set(Handmade::CONTACTS, json(r#"[{"tel":"+49302"}]"#))
        .set(Handmade::NAMES, json(r#"{"login":"grace"}"#));
    assert_eq!(
        privileged(&update, current),
        [
            "contacts: verification address by SMS",
            "names: identifier of `password`"
        ]
    );
}

#[test]
fn an_object_is_listed_for_what_has_no_name_in_it() {
    let current = r#"{"names":{"login":"ada","note":"x"},"settings":{"theme":"dark"}}"#;
    let mut update = empty_patch();
    update.set(Handmade::NAMES, json(r#"{"login":"grace","note":"x"}"#));
    let change = settings_update(&update, current).unwrap();
    assert_eq!(paths(change.changed()), ["names"]);
    assert!(change.is_privileged());

    let changed = |layout: &str, current: &str| {
        let mut update = empty_patch();
        update.set(Handmade::SETTINGS_LAYOUT, json(layout));
        paths(settings_update(&update, current).unwrap().changed())
    };
    let current = r#"{"settings":{"layout":{"width":1,"x":1}}}"#;
    assert_eq!(
        changed(r#"{"width":1,"x":2}"#, current),
        ["settings.layout"]
    );
    assert_eq!(
        changed(r#"{"width":2,"x":1}"#, current),
        ["settings.layout.width"]
    );
    // An object that comes or goes is listed by its members, an empty one by itself.
    assert_eq!(changed(r#"{"width":2}"#, "{}"), ["settings.layout.width"]);
    assert_eq!(changed("{}", r#"{"settings":{}}"#), ["settings.layout"]);
}
