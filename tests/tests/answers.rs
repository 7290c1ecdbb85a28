//! Every answer that Kratos gives to a settings flow, by its recorded shape, and answers of others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so this way"
)]

use http::{Method, Request, Response};
use kratos_traits::exchange::{Exchange, Phase, SendError, Step};
use kratos_traits::flow::{ContinueWith, ParkReason, Update};
use kratos_traits::{
    Error, MessageId, Outcome, Patch, PublicUrl, SessionToken, SettingsUpdate, TraitPath,
};
use kratos_traits_tests::scenarios::updaters::{ChangeEmail, Rename};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::{Value, json};

const TOKEN: &str = "ory_st_0123456789abcdefghijABCDEFGHIJ";
const EMAIL: &str = "ada@example.org";
const NEW_EMAIL: &str = "countess@example.org";

fn start(patch: Patch<CustomerTraits>) -> Update<CustomerTraits> {
    let server: PublicUrl = "http://127.0.0.1:4433".parse().unwrap();
    Update::native(server, SessionToken::new(TOKEN).unwrap(), patch)
}

fn change_email() -> Update<CustomerTraits> {
    start(ChangeEmail { email: NEW_EMAIL }.patch())
}

fn answer(status: u16, body: impl Into<Vec<u8>>) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header("Content-Type", "application/json")
        .body(body.into())
        .unwrap()
}

fn json_answer(status: u16, body: &Value) -> Response<Vec<u8>> {
    answer(status, body.to_string())
}

/// A flow with the kinds of node that break the generated clients, and one that nobody knows.
fn flow(state: &str, email: &str) -> Value {
    json!({
        "id": "6e2f0c7e-5d39-4d6c-9a3b-0f7d1c2b3a49",
        "type": "api",
        "expires_at": "2026-01-01T11:00:00Z",
        "ui": {
            "action": "http://internal:4433/self-service/settings?flow=6e2f",
            "method": "POST",
            "nodes": [
                {
                    "type": "input", "group": "profile",
                    "attributes": { "name": "traits.email", "type": "email", "value": email, "node_type": "input", "disabled": false },
                    "messages": [], "meta": {}
                },
                { "type": "hologram", "group": "future", "attributes": { "id": "x", "node_type": "hologram" }, "messages": [], "meta": {} },
                { "type": "script", "group": "webauthn" }
            ]
        },
        "identity": {
            "id": "0b9cbd3b-2f5e-4a39-9d1a-7c6b5a4f3e2d",
            "schema_id": "default",
            "schema_url": "http://127.0.0.1:4433/schemas/ZGVmYXVsdA",
            "traits": { "email": email, "name": { "first": "Ada" } }
        },
        "state": state,
        "organization_id": null
    })
}

/// What an answer to the first request leads to.
fn after_create(answer: &Response<Vec<u8>>) -> Result<Step<Update<CustomerTraits>>, Error> {
    change_email().receive(answer)
}

/// The exchange that submits.
fn submit() -> Update<CustomerTraits> {
    match after_create(&json_answer(200, &flow("show_form", EMAIL))).unwrap() {
        Step::Next(exchange) => exchange,
        Step::Done(outcome) => panic!("{outcome:?}"),
    }
}

fn after_submit(answer: &Response<Vec<u8>>) -> Result<Outcome<CustomerTraits>, Error> {
    match submit().receive(answer)? {
        Step::Done(outcome) => Ok(outcome),
        Step::Next(exchange) => panic!("a third request: {exchange:?}"),
    }
}

fn error(status: u16, id: Option<&str>, more: Value) -> Response<Vec<u8>> {
    let mut body =
        json!({ "error": { "code": 500, "status": "?", "message": "no", "reason": "because" } });
    if let Some(id) = id {
        body["error"]["id"] = json!(id);
    }
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    json_answer(status, &body)
}

fn request_of(exchange: &Update<CustomerTraits>) -> Request<Vec<u8>> {
    exchange.request().unwrap()
}

#[test]
fn the_two_requests() {
    let create = request_of(&change_email());
    assert_eq!(create.method(), Method::GET);
    assert_eq!(
        create.uri(),
        "http://127.0.0.1:4433/self-service/settings/api"
    );
    assert_eq!(create.headers()["accept"], "application/json");
    assert_eq!(create.headers()["x-session-token"], TOKEN);
    assert!(create.headers()["x-session-token"].is_sensitive());

    let submit = request_of(&submit());
    assert_eq!(submit.method(), Method::POST);
    assert_eq!(
        submit.uri(),
        "http://127.0.0.1:4433/self-service/settings?flow=6e2f0c7e-5d39-4d6c-9a3b-0f7d1c2b3a49"
    );
    assert_eq!(submit.headers()["content-type"], "application/json");
    assert_eq!(submit.headers()["accept"], "application/json");
    for name in ["cookie", "origin"] {
        assert!(!submit.headers().contains_key(name));
    }
    let body: Value = serde_json::from_slice(submit.body()).unwrap();
    let traits = json!({ "email": NEW_EMAIL, "name": { "first": "Ada" } });
    assert_eq!(body, json!({ "method": "profile", "traits": traits }));
}

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
        (
            verification.clone(),
            json!([]),
            ParkReason::VerificationNeeded,
        ),
        (json!([]), too_many.clone(), ParkReason::TooManyAddresses),
        (verification, too_many, ParkReason::TooManyAddresses),
        (Value::Null, json!([]), ParkReason::Unknown),
    ] {
        let mut body = flow("show_form", EMAIL);
        body["continue_with"] = continue_with;
        body["ui"]["messages"] = messages;
        let Outcome::Parked(parked) = after_submit(&json_answer(200, &body)).unwrap() else {
            panic!("not parked");
        };
        assert_eq!(parked.reason, expected);
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
    let Outcome::Parked(parked) = after_submit(&json_answer(200, &body)).unwrap() else {
        panic!("not parked");
    };
    assert_eq!(parked.identity.traits.typed().unwrap().email, EMAIL);
    assert!(parked.messages.is_empty());
    let asks = ContinueWith::ShowVerificationUi {
        flow: "9c".to_owned(),
        address: Some(NEW_EMAIL.to_owned()),
        url: None,
    };
    assert_eq!(parked.continue_with, [asks]);
}

/// Neither message 1050001 nor the state is the truth when the status says otherwise, nor the other way round.
#[test]
fn the_status_decides() {
    let mut body = flow("success", NEW_EMAIL);
    body["ui"]["messages"] = json!([{ "id": 1050001, "type": "success", "text": "saved" }]);
    let outcome = after_submit(&json_answer(400, &body)).unwrap();
    assert!(matches!(outcome, Outcome::Invalid(_)), "{outcome:?}");
    body["state"] = json!("show_form");
    let outcome = after_submit(&json_answer(200, &body)).unwrap();
    assert!(matches!(outcome, Outcome::Parked(_)), "{outcome:?}");
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
    let url = || Some("https://example.org/".to_owned());
    let flow = || "9c".to_owned();
    let [verify, settings, recovery, redirect, others @ ..] = &saved.continue_with[..] else {
        panic!("{saved:?}");
    };
    let verification = ContinueWith::ShowVerificationUi {
        flow: flow(),
        address: None,
        url: url(),
    };
    assert_eq!(verify, &verification);
    assert_eq!(
        settings,
        &ContinueWith::ShowSettingsUi {
            flow: flow(),
            url: url()
        }
    );
    assert_eq!(
        recovery,
        &ContinueWith::ShowRecoveryUi {
            flow: flow(),
            url: url()
        }
    );
    let place = "https://example.org".to_owned();
    assert_eq!(redirect, &ContinueWith::RedirectBrowserTo { url: place });
    let others: Vec<&str> = others.iter().map(ContinueWith::action).collect();
    let known = [
        "set_ory_session_token",
        "show_pin_entry_ui",
        "show_settings_ui",
    ];
    assert_eq!(others, [&known[..], &["", "", ""]].concat());
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
        .map(|one| one.path.to_string())
        .collect();
    assert_eq!(paths, ["", "name", "nobody.knows.0"]);
    assert_eq!(invalid.general[0].id, MessageId(4000008));
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

#[test]
fn a_taken_identifier_is_told_apart() {
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
fn errors_by_status_and_id() {
    let redirect = json!({ "redirect_browser_to": "http://127.0.0.1:4433/self-service/login/browser?refresh=true" });
    type Expect = fn(&Outcome<CustomerTraits>) -> bool;
    let table: &[(u16, Option<&str>, Expect)] = &[
        (
            400,
            None,
            |it| matches!(it, Outcome::Refused(r) if r.status == 400 && r.id.is_none()),
        ),
        (401, None, |it| matches!(it, Outcome::SessionGone(_))),
        (401, Some("session_inactive"), |it| {
            matches!(it, Outcome::SessionGone(_))
        }),
        (
            403,
            Some("session_refresh_required"),
            |it| matches!(it, Outcome::ReauthenticationNeeded(p) if p.redirect_browser_to.is_some()),
        ),
        (403, Some("session_aal2_required"), |it| {
            matches!(it, Outcome::SecondFactorNeeded(_))
        }),
        (403, Some("security_identity_mismatch"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (403, Some("security_csrf_violation"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (
            403,
            Some("brand_new"),
            |it| matches!(it, Outcome::Refused(r) if r.id.as_deref() == Some("brand_new")),
        ),
        (
            404,
            None,
            |it| matches!(it, Outcome::Refused(r) if r.status == 404),
        ),
        (410, None, |it| matches!(it, Outcome::FlowGone(_))),
        (410, Some("self_service_flow_expired"), |it| {
            matches!(it, Outcome::FlowGone(_))
        }),
        (
            422,
            Some("browser_location_change_required"),
            |it| matches!(it, Outcome::GoElsewhere(e) if e.redirect_browser_to.is_some()),
        ),
        // Around logins, and behind proxies: ids and statuses that are not of a settings flow.
        (403, Some("session_verified_address_required"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (403, Some("session_aal1_required"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (403, None, |it| matches!(it, Outcome::Refused(_))),
        (400, Some("session_aal_already_fulfilled"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (400, Some("session_already_available"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (400, Some("self_service_flow_return_to_forbidden"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (400, Some("self_service_flow_disabled"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (400, Some("self_service_flow_replaced"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (401, Some("identity_disabled"), |it| {
            matches!(it, Outcome::SessionGone(_))
        }),
        (
            409,
            None,
            |it| matches!(it, Outcome::Refused(r) if r.status == 409),
        ),
        (422, None, |it| matches!(it, Outcome::GoElsewhere(_))),
        (
            429,
            None,
            |it| matches!(it, Outcome::Refused(r) if r.status == 429),
        ),
        (
            500,
            Some("invalid_configuration"),
            |it| matches!(it, Outcome::Refused(r) if r.status == 500),
        ),
        (502, Some("upstream_error"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
    ];
    for (status, id, expected) in table {
        let response = error(*status, *id, redirect.clone());
        let outcome = after_submit(&response).unwrap();
        assert!(expected(&outcome), "submit {status} {id:?}: {outcome:?}");
        let Step::Done(outcome) = after_create(&response).unwrap() else {
            panic!("create {status} {id:?} went on");
        };
        assert!(expected(&outcome), "create {status} {id:?}: {outcome:?}");
    }
}

#[test]
fn the_flow_of_another_shape_is_an_error_that_says_what_it_was() {
    let html = Response::builder()
        .status(502)
        .header("Content-Type", "text/html; charset=utf-8")
        .body(format!("<html>{NEW_EMAIL}</html>").into_bytes())
        .unwrap();
    let cases = [
        (
            html,
            "with status 502 and content type text/html; charset=utf-8",
            "it is no JSON",
            true,
        ),
        (answer(200, ""), "status 200", "it ends too early", true),
        (
            answer(200, &flow("success", NEW_EMAIL).to_string()[..300]),
            "status 200",
            "it ends too early",
            true,
        ),
        (
            answer(200, "[]"),
            "status 200",
            "it is no settings flow",
            true,
        ),
        (
            answer(200, "{}"),
            "status 200",
            "it is no settings flow",
            true,
        ),
        (
            answer(400, "{}"),
            "status 400",
            "it is no error of Kratos",
            true,
        ),
        (
            answer(403, "[1]"),
            "status 403",
            "it is no error of Kratos",
            false,
        ),
        (
            answer(303, "{\"error\":{}}"),
            "status 303",
            "it redirects",
            true,
        ),
        (
            answer(200, vec![0xff, 0xfe]),
            "status 200",
            "it is no JSON",
            true,
        ),
    ];
    for (response, where_, what, may_be_saved) in cases {
        let error = after_submit(&response).unwrap_err();
        let text = error.to_string();
        assert!(text.contains(where_) && text.contains(what), "{text}");
        assert!(text.starts_with("submitting the settings"), "{text}");
        assert!(
            !format!("{text}{error:?}").contains("example.org"),
            "{error:?}"
        );
        assert_eq!(error.may_have_been_saved(), may_be_saved, "{text}");
        let error = after_create(&response).unwrap_err();
        assert!(!error.may_have_been_saved());
    }
}

#[test]
fn an_expired_flow_is_renewed_once() {
    let expired = error(
        410,
        Some("self_service_flow_expired"),
        json!({ "use_flow_id": "0d1e", "since": 1 }),
    );
    let Step::Next(renewal) = submit().receive(&expired).unwrap() else {
        panic!("the flow was not renewed");
    };
    let request = request_of(&renewal);
    assert_eq!(request.method(), Method::GET);
    assert_eq!(
        request.uri(),
        "http://127.0.0.1:4433/self-service/settings/flows?id=0d1e"
    );
    assert_eq!(renewal.phase(), Phase::Create);
    let mut body = flow("show_form", "changed-meanwhile@example.org");
    body["id"] = json!("0d1e");
    let Step::Next(again) = renewal.receive(&json_answer(200, &body)).unwrap() else {
        panic!("the renewed flow was not submitted");
    };
    let request = request_of(&again);
    assert!(
        request
            .uri()
            .to_string()
            .ends_with("/self-service/settings?flow=0d1e")
    );
    let Step::Done(Outcome::FlowGone(_)) = again.receive(&expired).unwrap() else {
        panic!("a second renewal");
    };
}

/// Whatever comes in the place of the renewed flow is told as such.
#[test]
fn a_renewed_flow_that_is_not_to_be_had() {
    let more = json!({ "use_flow_id": "0d1e" });
    let expired = error(410, Some("self_service_flow_expired"), more);
    let renewed = |answer: &Response<Vec<u8>>| match submit().receive(&expired).unwrap() {
        Step::Next(renewal) => renewal.receive(answer),
        Step::Done(outcome) => panic!("{outcome:?}"),
    };
    // A flow that is asked for and expired has no id (of the error), and says where to get another.
    let gone = json!({ "error": { "code": 410, "message": "?", "details": { "api": "/self-service/settings/api" } } });
    let Step::Done(outcome) = renewed(&json_answer(410, &gone)).unwrap() else {
        panic!("renewed again");
    };
    assert!(matches!(outcome, Outcome::FlowGone(_)), "{outcome:?}");
    let answer = error(401, None, Value::Null);
    let Step::Done(outcome) = renewed(&answer).unwrap() else {
        panic!("renewed again");
    };
    assert!(matches!(outcome, Outcome::SessionGone(_)), "{outcome:?}");
    assert!(renewed(&answer_of_another()).is_err());
}

fn answer_of_another() -> Response<Vec<u8>> {
    answer(200, "<html>")
}

#[test]
fn a_server_error_behind_the_save_says_that_it_may_be_saved() {
    for (status, may_be_saved) in [(400, true), (404, false), (500, true), (502, true)] {
        let response = error(status, None, Value::Null);
        let Outcome::Refused(refusal) = after_submit(&response).unwrap() else {
            panic!("not refused");
        };
        assert_eq!(refusal.may_have_been_saved(), may_be_saved, "{status}");
        let Step::Done(Outcome::Refused(refusal)) = after_create(&response).unwrap() else {
            panic!("not refused");
        };
        assert!(!refusal.may_have_been_saved());
    }
}

#[test]
fn what_is_there_already_is_not_submitted() {
    let update = ChangeEmail { email: EMAIL };
    let step = start(update.patch()).receive(&json_answer(200, &flow("show_form", EMAIL)));
    let Step::Done(Outcome::Saved(saved)) = step.unwrap() else {
        panic!("it was sent");
    };
    assert_eq!(saved.identity.traits.typed().unwrap().email, EMAIL);
}

#[test]
fn a_node_that_cannot_be_read_costs_nothing_else() {
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
fn a_flow_id_never_becomes_another_request() {
    let mut body = flow("show_form", EMAIL);
    for id in ["", "a&b=c", "../x", "a b"] {
        body["id"] = json!(id);
        let error = after_create(&json_answer(200, &body)).unwrap_err();
        assert!(error.to_string().contains("usable id"), "{error}");
    }
}

#[test]
fn a_lost_answer_says_whether_the_update_may_have_happened() {
    let lost = |exchange: Update<CustomerTraits>| {
        let reset = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        SendError::no_answer(reset).during(exchange.phase())
    };
    assert_eq!(change_email().phase(), Phase::Create);
    assert!(!lost(change_email()).may_have_been_saved());
    assert!(lost(submit()).may_have_been_saved());
}

#[test]
fn our_own_check_comes_before_the_submit() {
    let update = Rename {
        nickname: Some(Some("x".repeat(1000))),
    };
    let step = start(update.patch()).receive(&json_answer(200, &flow("show_form", EMAIL)));
    let Step::Done(Outcome::Invalid(invalid)) = step.unwrap() else {
        panic!("it was sent");
    };
    assert_eq!(invalid.problems[0].path, TraitPath::parse("nickname"));
}

#[test]
fn nothing_personal_and_no_token_is_shown() {
    let mut invalid = flow("show_form", EMAIL);
    invalid["ui"]["nodes"][0]["messages"] = json!([
        { "id": 4000040, "type": "error", "text": NEW_EMAIL, "context": { "value": NEW_EMAIL } }
    ]);
    invalid["ui"]["messages"] = json!([{ "id": 1, "type": "error", "text": NEW_EMAIL }]);
    let mut saved = flow("success", NEW_EMAIL);
    saved["continue_with"] = json!([
        { "action": "set_ory_session_token", "ory_session_token": TOKEN },
        { "action": "show_verification_ui", "flow": { "id": "9c", "verifiable_address": NEW_EMAIL } }
    ]);
    let mut parked = saved.clone();
    parked["state"] = json!("show_form");
    let refusal = json!({ "details": NEW_EMAIL });
    let mut shown = vec![format!("{:?} {:?}", change_email(), submit())];
    for response in [
        json_answer(200, &saved),
        json_answer(200, &parked),
        json_answer(400, &invalid),
        error(403, Some("session_refresh_required"), refusal.clone()),
        error(410, None, refusal.clone()),
        error(422, None, refusal.clone()),
        error(500, None, refusal),
    ] {
        shown.push(format!("{:?}", after_submit(&response).unwrap()));
    }
    for text in shown {
        assert!(
            !text.contains("example.org") && !text.contains("ory_st"),
            "{text}"
        );
        assert!(!text.contains("Ada"), "{text}");
    }
}
