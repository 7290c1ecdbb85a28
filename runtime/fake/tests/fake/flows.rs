//! Flows that cannot be used: unknown, of another person, expired, or without a session.

use serde_json::{Value, json};

use crate::MEMBER;
use crate::client::{Answer, Kratos, PASSWORD, Person, credentials};

const UNKNOWN: &str = "5a1f0c06-6a7c-4f38-8d5e-6d6d6d6d6d6d";

fn profile() -> Value {
    json!({ "method": "profile", "traits": { "username": "ada", "age": 36 } })
}

fn get(person: &Person<'_>, flow: &str) -> Answer {
    let path = format!("/self-service/settings/flows?id={flow}");
    person.kratos.get(&path, &person.token)
}

fn two(kratos: &Kratos) -> (Person<'_>, Person<'_>) {
    let ada = kratos.person(&json!({ "username": "ada" }));
    (ada, kratos.person(&json!({ "username": "bob" })))
}

fn is(answer: &Answer, status: u16, id: &str) {
    assert_eq!(
        (answer.status, answer.error_id()),
        (status, Some(id)),
        "{}",
        answer.text
    );
}

#[test]
fn settings_flows_need_a_session() {
    let kratos = Kratos::start(&MEMBER);
    let (ada, _) = two(&kratos);
    let flow = ada.flow();
    for token in ["", "unknown"] {
        let logged_out = Person {
            kratos: &kratos,
            token: token.to_owned(),
        };
        is(
            &kratos.get("/self-service/settings/api", token),
            401,
            "session_inactive",
        );
        is(&logged_out.submit(&flow, &profile()), 401, "-");
        is(&logged_out.submit(UNKNOWN, &profile()), 401, "-");
        is(&get(&logged_out, &flow), 401, "-");
    }
    assert_eq!(ada.traits(), json!({ "username": "ada" }));
}

#[test]
fn unknown_and_malformed_ids_are_refused() {
    let kratos = Kratos::start(&MEMBER);
    let (ada, _) = two(&kratos);
    is(&ada.submit(UNKNOWN, &profile()), 404, "-");
    is(&ada.submit("", &profile()), 400, "-");
    is(&ada.submit("no-uuid", &profile()), 400, "-");
    is(&get(&ada, UNKNOWN), 404, "-");
    is(&get(&ada, "no-uuid"), 404, "-");
    // A flow of another kind is no settings flow.
    is(
        &ada.submit(&kratos.flow("login/api", ""), &profile()),
        404,
        "-",
    );
    for kind in ["login", "registration"] {
        let submit = |flow: &str| {
            let path = format!("/self-service/{kind}?flow={flow}");
            kratos.post(&path, "", &credentials("ada", PASSWORD))
        };
        is(&submit(UNKNOWN), 404, "-");
        is(&submit("no-uuid"), 400, "-");
    }
}

#[test]
fn a_flow_of_another_person_is_refused() {
    let kratos = Kratos::start(&MEMBER);
    let (ada, bob) = two(&kratos);
    let flow = ada.flow();
    is(
        &bob.submit(&flow, &profile()),
        403,
        "security_identity_mismatch",
    );
    is(&get(&bob, &flow), 403, "security_identity_mismatch");
    assert_eq!(ada.traits(), json!({ "username": "ada" }));
    assert_eq!(bob.traits(), json!({ "username": "bob" }));
}

#[test]
fn an_expired_flow_is_replaced() {
    let kratos = Kratos::start(&MEMBER);
    let (ada, bob) = two(&kratos);
    let flow = ada.flow();
    kratos.0.expire_flows();
    let answer = ada.submit(&flow, &profile());
    is(&answer, 410, "self_service_flow_expired");
    assert!(answer.body["since"].is_u64() && answer.body["expired_at"].is_string());
    // It does not matter whose it is.
    is(
        &bob.submit(&flow, &profile()),
        410,
        "self_service_flow_expired",
    );
    is(&get(&ada, &flow), 410, "-");
    assert_eq!(ada.traits(), json!({ "username": "ada" }));

    let fresh = answer.text_at("/use_flow_id");
    let shown = get(&ada, &fresh);
    assert_eq!((shown.status, shown.messages()), (200, vec![4050001]));
    let answer = ada.submit(&fresh, &profile());
    assert_eq!((answer.status, answer.messages()), (200, vec![1050001]));
}

#[test]
fn expired_logins_and_registrations_are_replaced() {
    let kratos = Kratos::start(&MEMBER);
    let (ada, _) = two(&kratos);
    let login = kratos.flow("login/api", "");
    let refresh = kratos.flow("login/api?refresh=true", &ada.token);
    let registration = kratos.flow("registration/api", "");
    kratos.0.expire_flows();
    let body = credentials("ada", PASSWORD);
    for path in [
        format!("/self-service/login?flow={login}"),
        format!("/self-service/registration?flow={registration}"),
    ] {
        let answer = kratos.post(&path, "", &body);
        is(&answer, 410, "self_service_flow_expired");
        assert_ne!(answer.text_at("/use_flow_id"), "");
    }
    let path = format!("/self-service/login?flow={refresh}");
    let answer = kratos.post(&path, &ada.token, &body);
    assert_eq!((answer.status, answer.messages()), (400, vec![4000001]));
}

#[test]
fn a_requested_flow_has_a_csrf_cookie() {
    let kratos = Kratos::start(&MEMBER);
    let (ada, _) = two(&kratos);
    let answer = get(&ada, &ada.flow());
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .header("Set-Cookie")
            .is_some_and(|cookie| cookie.starts_with("csrf_token_"))
    );
    assert_eq!(
        kratos
            .get("/self-service/settings/api", &ada.token)
            .header("Set-Cookie"),
        None
    );
}
