//! Settings flows that are saved.

use serde_json::{Value, json};

use crate::client::Kratos;
use crate::{MEMBER, customer};

#[test]
fn a_new_flow_shows_the_traits() {
    let kratos = Kratos::start(customer());
    let ada = kratos.person(&json!({ "email": "ada@example.org", "newsletter": true }));
    let flow = kratos.get("/self-service/settings/api", &ada.token);
    assert_eq!(flow.status, 200);
    assert_eq!(
        (flow.text_at("/type"), flow.text_at("/state")),
        ("api".into(), "show_form".into())
    );
    let id = flow.text_at("/id");
    let url = kratos.0.public_url();
    assert_eq!(
        flow.text_at("/ui/action"),
        format!("{url}/self-service/settings?flow={id}")
    );
    assert_eq!(
        flow.text_at("/request_url"),
        format!("{url}/self-service/settings/api")
    );
    assert_eq!(flow.body["identity"], ada.whoami().body["identity"]);
    assert!(flow.messages().is_empty());

    let names: Vec<&Value> = flow
        .nodes()
        .iter()
        .map(|node| &node["attributes"]["name"])
        .collect();
    assert_eq!(
        names,
        [
            "csrf_token",
            "traits.email",
            "traits.name.first",
            "traits.name.last",
            "traits.nickname",
            "traits.newsletter",
            "method",
        ]
    );
    assert_eq!(
        flow.node("traits.email"),
        &json!({
            "type": "input",
            "group": "profile",
            "attributes": {
                "name": "traits.email",
                "type": "email",
                "value": "ada@example.org",
                "required": true,
                "autocomplete": "email",
                "disabled": false,
                "node_type": "input",
            },
            "messages": [],
            "meta": {
                "label": {
                    "id": 1070002,
                    "text": "E-mail",
                    "type": "info",
                    "context": { "title": "E-mail" },
                },
            },
        })
    );
    assert_eq!(
        flow.node("traits.newsletter")["attributes"]["type"],
        "checkbox"
    );
    assert_eq!(flow.node("traits.newsletter")["attributes"]["value"], true);
    assert_eq!(
        flow.node("traits.nickname")["attributes"].get("value"),
        None
    );
    assert_eq!(flow.node("method")["attributes"]["value"], "profile");
}

#[test]
fn a_submit_replaces_all_traits() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada", "nickname": "abc", "unknown": 1 }));
    let flow = ada.flow();
    let traits = json!({ "username": "ada", "age": 36, "other": { "a.b": [1.5, null] } });
    let answer = ada.submit(&flow, &json!({ "method": "profile", "traits": traits }));
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.text_at("/id"), flow);
    assert_eq!(
        (answer.text_at("/state"), answer.messages()),
        ("success".into(), vec![1050001])
    );
    assert_eq!(answer.body["identity"]["traits"], traits);
    assert_eq!(answer.body.get("continue_with"), None);
    assert_eq!(
        answer.node("traits.other.a\\.b.0")["attributes"]["value"],
        1.5
    );
    assert_eq!(ada.traits(), traits);
}

#[test]
fn the_text_of_traits_is_kept() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let traits = r#"{"z":1.50,"username":"ada","n":123456789012345678901234567890,"a":""}"#;
    let path = format!("/self-service/settings?flow={}", ada.flow());
    let token = format!("X-Session-Token: {}", ada.token);
    let headers = ["Content-Type: application/json", &token];
    let body = format!(r#"{{"method":"profile","traits":{traits}}}"#);
    let answer = kratos.send("POST", &path, &headers, &body);
    assert!(answer.text.contains(traits), "{}", answer.text);
    assert!(ada.whoami().text.contains(traits));
}

#[test]
fn a_new_address_proposes_its_verification() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    let before = ada.whoami().body["identity"]["verifiable_addresses"].take();
    let same = ada.change(&json!({ "email": "ADA@example.org", "nickname": "abc" }));
    assert_eq!(same.body.get("continue_with"), None);
    assert_eq!(same.body["identity"]["verifiable_addresses"], before);

    let answer = ada.change(&json!({ "email": "Ada@Example.net" }));
    let steps = answer.body["continue_with"].as_array().unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0]["action"], "show_verification_ui");
    assert_eq!(steps[0]["flow"]["verifiable_address"], "ada@example.net");
    let address = &answer.body["identity"]["verifiable_addresses"];
    assert_eq!(address[0]["value"], "ada@example.net");
    assert_ne!(address[0]["id"], before[0]["id"]);
}

#[test]
fn a_flow_can_be_submitted_again() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let flow = ada.flow();
    let submit = |nickname: &str| {
        let traits = json!({ "username": "ada", "nickname": nickname });
        ada.submit(&flow, &json!({ "method": "profile", "traits": traits }))
    };
    assert_eq!(submit("a").status, 200);
    let refused = submit("TOO LONG");
    assert_eq!(
        (refused.status, refused.text_at("/state")),
        (400, "success".into())
    );
    assert!(refused.messages().is_empty());
    assert_eq!(refused.body["identity"]["traits"]["nickname"], "a");
    assert_eq!(submit("b").status, 200);
    assert_eq!(ada.traits()["nickname"], "b");
}

#[test]
fn a_saved_flow_has_the_form_of_a_new_flow() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let answer = ada.change(&json!({ "username": "ada" }));
    let action = answer.text_at("/ui/action");
    let (_, other) = action.split_once("flow=").unwrap();
    assert_ne!(other, answer.text_at("/id"));
    let body = json!({ "method": "profile", "traits": { "username": "ada", "age": 1 } });
    assert_eq!(ada.submit(other, &body).status, 200);
}
