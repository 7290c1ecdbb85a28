//! Login with a password, and its refresh.

use kratos_traits_fake::Fake;
use serde_json::{Value, json};

use crate::client::{Kratos, PASSWORD, credentials};
use crate::{MEMBER, customer};

#[test]
fn every_identifier_logs_in() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "Ada", "email": "ada@example.org" }));
    for identifier in ["ada", " ADA ", "Ada@Example.org"] {
        let answer = kratos.login(identifier, PASSWORD);
        assert_eq!(answer.status, 200, "{identifier}");
        assert_ne!(answer.text_at("/session_token"), ada.token);
        let identity = &answer.body["session"]["identity"];
        assert_eq!(identity["traits"]["username"], "Ada");
        assert_eq!(answer.body.get("continue_with"), Some(&json!(null)));
    }
}

#[test]
fn wrong_credentials_are_refused() {
    let kratos = Kratos::start(&MEMBER);
    kratos.person(&json!({ "username": "ada" }));
    for (identifier, password) in [("ada", "wrong password"), ("bob", PASSWORD)] {
        let answer = kratos.login(identifier, password);
        assert_eq!(
            (answer.status, answer.messages()),
            (400, vec![4000006]),
            "{identifier}"
        );
        assert_eq!(answer.node("identifier")["attributes"]["value"], identifier);
    }
    let answer = kratos.login("", "");
    assert_eq!(
        answer.problems(),
        [
            ("identifier".to_owned(), 4000002),
            ("password".to_owned(), 4000002)
        ]
    );
}

#[test]
fn other_login_methods_are_refused() {
    let kratos = Kratos::start(&MEMBER);
    let path = format!("/self-service/login?flow={}", kratos.flow("login/api", ""));
    for body in [json!({}), json!({ "method": "carrier pigeon" })] {
        let answer = kratos.post(&path, "", &body);
        assert_eq!((answer.status, answer.messages()), (400, vec![4010002]));
    }
    assert_eq!(
        kratos.post(&path, "", &json!({ "method": "totp" })).status,
        501
    );
}

#[test]
fn a_code_is_sent_and_submitted() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada", "phone": "+49 30 1234567" }));
    kratos.person(&json!({ "username": "bob", "phone": "+49 30 7654321" }));
    let path = "/self-service/login/api?refresh=true";
    let code = json!({ "method": "code", "identifier": "+49 30 1234567" });
    let typed = |typed: &str| {
        let mut body = code.clone();
        body["code"] = json!(typed);
        body
    };
    let off = kratos.get(path, &ada.token).text_at("/id");
    let off = kratos.post(
        &format!("/self-service/login?flow={off}"),
        &ada.token,
        &code,
    );
    assert_eq!((off.status, off.messages()), (400, vec![4010002]));

    kratos.0.allow_logins_by_code(true);
    let flow = kratos.get(path, &ada.token);
    assert_eq!(flow.node("identifier")["attributes"]["value"], "");
    let submit = format!("/self-service/login?flow={}", flow.text_at("/id"));
    let post = |body: &Value| kratos.post(&submit, &ada.token, body);
    let unknown = post(&json!({ "method": "code", "identifier": "bob@example.org" }));
    assert_eq!((unknown.status, unknown.messages()), (400, vec![4000035]));
    assert_eq!(
        post(&json!({ "method": "code" })).problems(),
        [("identifier".to_owned(), 4000002)]
    );
    let sent = post(&code);
    assert_eq!((sent.status, sent.messages()), (400, vec![1010014]));
    assert_eq!(sent.text_at("/state"), "sent_email");
    let right = kratos.0.last_code("+49301234567").unwrap();
    assert_eq!(post(&code).problems(), [("code".to_owned(), 4000002)]);
    for _ in 0..5 {
        assert_eq!(post(&typed("x")).messages(), [4010008]);
    }
    assert_eq!(post(&typed(&right)).messages(), [4000001]);

    let mut again = code.clone();
    again["resend"] = json!("code");
    assert_eq!(post(&again).text_at("/state"), "sent_email");
    let right = kratos.0.last_code("+49301234567").unwrap();
    let mut bobs = typed(&right);
    bobs["identifier"] = json!("+49 30 7654321");
    assert_eq!(post(&bobs).messages(), [4010008]);
    let done = post(&typed(&right));
    assert_eq!(done.status, 200);
    assert_eq!(done.text_at("/session_token"), ada.token);
    assert_eq!(
        done.text_at("/session/authentication_methods/1/method"),
        "code"
    );
    assert_eq!(post(&typed(&right)).messages(), [4010002]);
}

#[test]
fn the_second_factor_needs_a_session() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    kratos.0.require_second_factor(true);
    let path = "/self-service/login/api?aal=aal2";
    let unknown = kratos.get(path, "");
    assert_eq!(unknown.status, 401);
    assert_eq!(unknown.error_id(), Some("session_aal1_required"));

    let flow = kratos.get(path, &ada.token);
    assert_eq!(flow.body["requested_aal"], "aal2");
    let submit = format!("/self-service/login?flow={}", flow.text_at("/id"));
    let totp = |code: &str| json!({ "method": "totp", "totp_code": code });
    for (body, messages) in [
        (totp("654321"), vec![4000008]),
        (
            json!({ "method": "lookup_secret", "lookup_secret": "x" }),
            vec![4000014],
        ),
        (json!({ "method": "password" }), vec![4010002]),
    ] {
        let answer = kratos.post(&submit, &ada.token, &body);
        assert_eq!((answer.status, answer.messages()), (400, messages));
    }
    for (code, id) in [("", 4000002), ("123", 4000003)] {
        let answer = kratos.post(&submit, &ada.token, &totp(code));
        assert_eq!(answer.problems(), [("totp_code".to_owned(), id)]);
    }
    assert_eq!(kratos.post(&submit, "", &totp(Fake::TOTP_CODE)).status, 401);

    let done = kratos.post(&submit, &ada.token, &totp(Fake::TOTP_CODE));
    assert_eq!(done.status, 200);
    assert_eq!(done.text_at("/session_token"), ada.token);
    assert_eq!(
        done.text_at("/session/authenticator_assurance_level"),
        "aal2"
    );
    assert_eq!(ada.whoami().status, 200);
    let again = kratos.get(path, &ada.token);
    assert_eq!(again.error_id(), Some("session_already_available"));
    let again = kratos.post(&submit, &ada.token, &totp(Fake::TOTP_CODE));
    assert_eq!((again.status, again.messages()), (400, vec![4000001]));
}

#[test]
fn a_login_within_a_session_needs_refresh() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let answer = kratos.get("/self-service/login/api", &ada.token);
    assert_eq!(answer.status, 400);
    assert_eq!(answer.error_id(), Some("session_already_available"));

    let path = format!("/self-service/login?flow={}", kratos.flow("login/api", ""));
    let answer = kratos.post(&path, &ada.token, &credentials("ada", PASSWORD));
    assert_eq!((answer.status, answer.messages()), (400, vec![4000001]));
}

#[test]
fn a_refresh_keeps_the_session_and_its_token() {
    let kratos = Kratos::start(customer());
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    let before = ada.whoami();
    kratos.0.age_sessions();
    let old = ada.whoami();
    assert!(old.text_at("/authenticated_at") < before.text_at("/authenticated_at"));

    let flow = kratos.get("/self-service/login/api?refresh=true", &ada.token);
    assert_eq!(
        (&flow.body["refresh"], flow.messages()),
        (&json!(true), vec![1010003])
    );
    let identifier = &flow.node("identifier")["attributes"];
    assert_eq!(
        (&identifier["type"], &identifier["value"]),
        (&json!("hidden"), &json!("ada@example.org"))
    );

    let answer = ada.refresh("ada@example.org");
    assert_eq!(
        (answer.status, answer.text_at("/session_token")),
        (200, ada.token.clone())
    );
    let after = ada.whoami();
    assert_eq!(after.text_at("/id"), before.text_at("/id"));
    assert!(after.text_at("/authenticated_at") > before.text_at("/authenticated_at"));
    assert_eq!(
        after.body["authentication_methods"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
}

#[test]
fn a_refresh_by_another_person_or_without_the_token_creates_a_session() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    kratos.person(&json!({ "username": "bob" }));
    let answer = ada.refresh("bob");
    assert_eq!(
        answer.body["session"]["identity"]["traits"]["username"],
        "bob"
    );
    assert_ne!(answer.text_at("/session_token"), ada.token);
    assert_eq!(ada.traits()["username"], "ada");

    let flow = kratos.flow("login/api?refresh=true", &ada.token);
    let path = format!("/self-service/login?flow={flow}");
    let answer = kratos.post(&path, "", &credentials("ada", PASSWORD));
    assert_ne!(answer.text_at("/session_token"), ada.token);
}

#[test]
fn the_form_names_the_identifier() {
    let label = |kratos: &Kratos| {
        kratos.get("/self-service/login/api", "").node("identifier")["meta"]["label"]["text"]
            .clone()
    };
    assert_eq!(label(&Kratos::start(customer())), "E-mail");
    assert_eq!(label(&Kratos::start(&MEMBER)), "User name");
}

#[test]
fn whoami_takes_either_header() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let by = |header: &str| kratos.send("GET", "/sessions/whoami", &[header], "");
    assert_eq!(
        by(&format!("Authorization: bearer {}", ada.token)).status,
        200
    );
    let answer = by(&format!("Authorization: Bearer {}", ada.token));
    assert_eq!(answer.status, 200);
    let id = answer.header("X-Kratos-Authenticated-Identity-Id");
    assert_eq!(id, answer.body["identity"]["id"].as_str());
    assert!(!answer.text.contains(&ada.token));
    for header in [
        "X-Session-Token: unknown",
        "Authorization: Basic eA==",
        "X: y",
    ] {
        let answer = by(header);
        assert_eq!(
            (answer.status, answer.error_id()),
            (401, Some("-")),
            "{header}"
        );
    }
}
