//! Flows that come back with status 400.

use kratos_traits::{MessageId, Outcome, TraitPath};
use kratos_traits_tests::recorded::{answer, json_answer};
use serde_json::json;

use super::script::{EMAIL, NEW_EMAIL, after_submit, flow};

/// The status counts if message 1050001 or the state contradicts it.
#[test]
fn the_status_decides() {
    let mut body = flow("success", NEW_EMAIL);
    body["ui"]["messages"] = json!([{ "id": 1050001, "type": "success", "text": "saved" }]);
    let outcome = after_submit(&json_answer(400, &body)).unwrap();
    assert!(matches!(outcome, Outcome::Invalid(_)), "{outcome:?}");
    body["state"] = json!("show_form");
    let outcome = after_submit(&json_answer(200, &body)).unwrap();
    assert!(matches!(outcome, Outcome::Unconfirmed(_)), "{outcome:?}");
    body["state"] = json!("success");
    body["ui"]["messages"] = json!([{ "id": 4000001, "type": "error", "text": "?" }]);
    body["error"] = json!({ "id": "session_refresh_required", "code": 403 });
    let outcome = after_submit(&json_answer(200, &body)).unwrap();
    assert!(matches!(outcome, Outcome::Saved(_)), "{outcome:?}");
    for status in [401, 403, 404, 410, 422, 500] {
        let outcome = after_submit(&json_answer(status, &body)).unwrap();
        assert!(!matches!(outcome, Outcome::Saved(_)), "{status}");
    }
}

#[test]
fn a_400_flow_tells_what_is_wrong_by_trait() {
    // The flow succeeded before, so `state` and message 1050001 still say that all is well.
    let mut body = flow("success", EMAIL);
    body["ui"]["messages"] = json!([
        { "id": 1050001, "type": "success", "text": "Your changes have been saved!" },
        { "id": 4000001, "type": "error", "text": "something", "context": { "reason": "something" } }
    ]);
    body["ui"]["nodes"] = json!([
        { "type": "input", "attributes": { "name": "traits.email" }, "messages": [
            { "id": 4000040, "type": "error", "text": "bad", "context": { "value": "ada" } } ] },
        { "type": "input", "group": "default", "attributes": { "name": "traits.name.first" }, "messages": [
            { "id": 4000002, "type": "error", "text": "Property first is missing.", "context": { "property": "first" } },
            { "id": 1070001, "type": "info", "text": "a hint" } ] },
        { "type": "input", "attributes": { "name": "csrf_token" }, "messages": [
            { "id": 99, "type": "error", "text": "?" } ] }
    ]);
    let Outcome::Invalid(invalid) = after_submit(&json_answer(400, &body)).unwrap() else {
        panic!("not invalid");
    };
    let problems: Vec<(&TraitPath, MessageId)> = invalid
        .problems
        .iter()
        .map(|one| (&one.path, one.message.id))
        .collect();
    let (email, first) = (TraitPath::parse("email"), TraitPath::parse("name.first"));
    assert_eq!(
        problems,
        [(&email, MessageId::EMAIL), (&first, MessageId::REQUIRED)]
    );
    // The update names the e-mail address, and not the name.
    assert_eq!(invalid.caused(), &invalid.problems[..1]);
    assert_eq!(invalid.stored(), &invalid.problems[1..]);
    let general: Vec<u64> = invalid.general.iter().map(|one| one.id.0).collect();
    assert_eq!(general, [4000001, 99]);
}

/// Nodes that Kratos makes up for a place that the form does not show, of items, and of objects.
#[test]
fn problems_of_places_without_an_input() {
    let message = |id: u64| json!([{ "id": id, "type": "error", "text": "?" }]);
    let node = |name: &str, id| json!({ "type": "input", "group": "default", "attributes": { "name": name }, "messages": message(id) });
    let mut body = flow("show_form", EMAIL);
    body["ui"]["nodes"] = json!([
        node("traits", 4000001),
        node("traits.name", 4000001),
        node("traits.nobody.knows.0", 4000026),
        { "attributes": { "id": "totp_qr" }, "messages": message(4000008) }
    ]);
    let Outcome::Invalid(invalid) = after_submit(&json_answer(400, &body)).unwrap() else {
        panic!("not invalid");
    };
    let paths: Vec<String> = invalid
        .problems
        .iter()
        .map(|one| one.path.segments().join("."))
        .collect();
    assert_eq!(paths, ["", "name", "nobody.knows.0"]);
    // The schema declares none of these names.
    assert_eq!(invalid.problems[2].path.to_string(), "*.*.*");
    assert_eq!(invalid.general[0].id, MessageId(4000008));
}

#[test]
fn a_taken_identifier() {
    for id in [4000007, 4000027, 4000028] {
        let mut body = flow("show_form", EMAIL);
        body["ui"]["messages"] = json!([{ "id": id, "type": "error", "text": "taken" }]);
        let outcome = after_submit(&json_answer(400, &body)).unwrap();
        assert!(
            matches!(outcome, Outcome::IdentifierTaken(_)),
            "{outcome:?}"
        );
    }
}

#[test]
fn an_unreadable_node_is_skipped() {
    let good = r#"{ "attributes": { "name": "traits.email" }, "messages": [{ "id": 4000002, "text": "?" }] }"#;
    let bad = r#"{ "attributes": { "name": 7, "value": 1e999 }, "messages": "?" }, null, 1e999"#;
    let flow = flow("success", NEW_EMAIL).to_string();
    let (before, after) = flow.split_once("\"nodes\":[").unwrap();
    let body = format!("{before}\"nodes\":[{bad},{good},{after}");
    let Outcome::Invalid(invalid) = after_submit(&answer(400, body.clone())).unwrap() else {
        panic!("not invalid");
    };
    assert_eq!(invalid.problems[0].path, TraitPath::parse("email"));
    for body in [body, flow.replace("\"nodes\":[", "\"nodes\":null,\"x\":[")] {
        let outcome = after_submit(&answer(200, body)).unwrap();
        assert!(matches!(outcome, Outcome::Saved(_)), "{outcome:?}");
    }
}

#[test]
fn the_messages_of_a_hook_are_kept() {
    let hook =
        |text: &str| json!({ "id": 1234, "type": "info", "text": text, "context": { "a": 1 } });
    let mut body = flow("show_form", EMAIL);
    body["ui"]["messages"] =
        json!([hook("not today"), { "id": 1050001, "type": "success", "text": "saved" }]);
    body["ui"]["nodes"] = json!([
        // Neither trait is stored, and the update changes neither.
        { "type": "input", "attributes": { "name": "traits.nickname" }, "messages": [hook("taken")] },
        { "type": "input", "attributes": { "name": "traits.newsletter" }, "messages": [
            { "id": 4000001, "type": "error", "text": "no" } ] }
    ]);
    let Outcome::Invalid(invalid) = after_submit(&json_answer(400, &body)).unwrap() else {
        panic!("not invalid");
    };
    let general: Vec<&str> = invalid.general.iter().map(|one| &*one.text).collect();
    assert_eq!(general, ["not today"]);
    let [caused] = invalid.caused() else {
        panic!("{invalid:?}")
    };
    assert_eq!(caused.path, TraitPath::parse("nickname"));
    // In its own words, without our advice.
    assert_eq!(caused.message.text, "taken");
    assert_eq!(caused.message.context["a"], 1);
    let [stored] = invalid.stored() else {
        panic!("{invalid:?}")
    };
    assert_eq!(
        (&*stored.message.text, stored.is_of_filling_in()),
        ("no", false)
    );
}
