//! Answers with status 200: saved, or parked.

use kratos_traits::{ContinueWith, Outcome};
use kratos_traits_tests::recorded::json_answer;
use kratos_traits_tests::scripted::TOKEN;
use serde_json::{Value, json};

use super::script::{EMAIL, NEW_EMAIL, after_submit, flow};

#[test]
fn a_200_with_state_success_is_saved() {
    let mut body = flow("success", NEW_EMAIL);
    body["continue_with"] = json!([
        { "action": "show_verification_ui", "flow": { "id": "9c", "verifiable_address": NEW_EMAIL } },
        { "action": "redirect_browser_to", "redirect_browser_to": "https://example.org" },
        { "action": "brew_coffee", "strength": 3 }
    ]);
    let Outcome::Saved(saved) = after_submit(&json_answer(200, &body)).unwrap() else {
        panic!("not saved");
    };
    assert_eq!(saved.identity.traits.typed().unwrap().email, NEW_EMAIL);
    assert_eq!(saved.identity.schema_id, "default");
    let actions: Vec<&str> = saved
        .continue_with
        .iter()
        .map(ContinueWith::action)
        .collect();
    assert_eq!(
        actions,
        ["show_verification_ui", "redirect_browser_to", "brew_coffee"]
    );
}

#[test]
fn saved_traits_that_break_the_schema_are_saved_all_the_same() {
    let mut body = flow("success", NEW_EMAIL);
    body["identity"]["traits"] = json!({ "name": 1, "email": NEW_EMAIL, "legacy": 12 });
    let Outcome::Saved(saved) = after_submit(&json_answer(200, &body)).unwrap() else {
        panic!("not saved");
    };
    let outdated = saved.identity.traits.typed().unwrap_err();
    let paths: Vec<String> = outdated
        .problems()
        .iter()
        .map(|one| one.path.to_string())
        .collect();
    assert_eq!(paths, ["name", ""]);
    assert!(saved.identity.traits.raw().as_str().contains("legacy"));
}

#[test]
fn a_200_with_another_state_is_not_saved() {
    let verification = json!([{ "action": "show_verification_ui", "flow": { "id": "9c" } }]);
    let too_many = json!([{ "id": 4050002, "type": "error", "text": "?" }]);
    for (continue_with, messages, expected) in [
        (verification.clone(), json!([]), "verification_required"),
        (json!([]), too_many.clone(), "unconfirmed"),
        (verification, too_many, "unconfirmed"),
        (Value::Null, json!([]), "unconfirmed"),
    ] {
        let mut body = flow("show_form", EMAIL);
        body["continue_with"] = continue_with;
        body["ui"]["messages"] = messages;
        let outcome = after_submit(&json_answer(200, &body)).unwrap();
        assert_eq!(outcome.name(), expected, "{outcome:?}");
    }
}

/// What the hook `verify_new_address` answers (after v26.2.0): no message, and the person as before.
#[test]
fn a_change_that_waits_for_a_verification() {
    let mut body = flow("show_form", EMAIL);
    body["continue_with"] = json!([
        { "action": "show_verification_ui", "flow": { "id": "9c", "verifiable_address": NEW_EMAIL } }
    ]);
    body["active"] = json!("profile");
    body["transient_payload"] = json!({});
    let Outcome::VerificationRequired(parked) = after_submit(&json_answer(200, &body)).unwrap()
    else {
        panic!("not parked");
    };
    assert_eq!(parked.identity.traits.typed().unwrap().email, EMAIL);
    assert!(parked.messages.is_empty());
    let [
        ContinueWith::ShowVerificationUi {
            flow, address, url, ..
        },
    ] = &parked.continue_with[..]
    else {
        panic!("{parked:?}");
    };
    let shown = (flow.as_str(), address.as_deref(), url.as_deref());
    assert_eq!(shown, ("9c", Some(NEW_EMAIL), None));
}

#[test]
fn every_item_of_continue_with() {
    let ui =
        |action| json!({ "action": action, "flow": { "id": "9c", "url": "https://example.org/" } });
    let mut body = flow("success", NEW_EMAIL);
    body["continue_with"] = json!([
        ui("show_verification_ui"),
        ui("show_settings_ui"),
        ui("show_recovery_ui"),
        { "action": "redirect_browser_to", "redirect_browser_to": "https://example.org" },
        { "action": "set_ory_session_token", "ory_session_token": TOKEN },
        { "action": "show_pin_entry_ui", "data": { "enc": "x", "ciphertext": "y" } },
        { "action": "show_settings_ui" },
        { "action": 7 },
        "?",
        null
    ]);
    let Outcome::Saved(saved) = after_submit(&json_answer(200, &body)).unwrap() else {
        panic!("not saved");
    };
    let [verify, settings, recovery, redirect, others @ ..] = &saved.continue_with[..] else {
        panic!("{saved:?}");
    };
    let page = "https://example.org/";
    assert!(
        matches!(verify, ContinueWith::ShowVerificationUi { flow, address: None, url: Some(url), .. }
            if flow == "9c" && url == page)
    );
    assert!(
        matches!(settings, ContinueWith::ShowSettingsUi { flow, url: Some(url), .. }
            if flow == "9c" && url == page)
    );
    assert!(
        matches!(recovery, ContinueWith::ShowRecoveryUi { flow, url: Some(url), .. }
            if flow == "9c" && url == page)
    );
    assert!(
        matches!(redirect, ContinueWith::RedirectBrowserTo { url, .. } if url == "https://example.org")
    );
    let others: Vec<&str> = others.iter().map(ContinueWith::action).collect();
    let known = [
        "set_ory_session_token",
        "show_pin_entry_ui",
        "show_settings_ui",
    ];
    assert_eq!(others, [&known[..], &["", "", ""]].concat());
}
