//! Registration with a password.

use serde_json::json;

use crate::client::{Kratos, PASSWORD};
use crate::{MEMBER, customer};

#[test]
fn a_registration_logs_in() {
    let kratos = Kratos::start(customer());
    let answer = kratos.register(&json!({ "email": "Ada@Example.org" }));
    assert_eq!(answer.status, 200);
    let token = answer.text_at("/session_token");
    assert!(token.starts_with("ory_st_"), "{token}");
    assert_eq!(answer.body["session"]["identity"], answer.body["identity"]);
    assert_eq!(
        answer.body["continue_with"][1],
        json!({ "action": "set_ory_session_token", "ory_session_token": token })
    );
    assert_eq!(
        answer.text_at("/continue_with/0/action"),
        "show_verification_ui"
    );
    assert_eq!(
        answer.text_at("/continue_with/0/flow/verifiable_address"),
        "ada@example.org"
    );
}

#[test]
fn the_identity_has_the_addresses_of_the_traits() {
    let kratos = Kratos::start(customer());
    let identity = kratos.register(&json!({ "email": "Ada@Example.org" })).body["identity"].take();
    assert_eq!(identity["schema_id"], "default");
    assert_eq!(identity["state"], "active");
    assert_eq!(
        identity["traits"],
        json!({ "email": "Ada@Example.org", "name": {} })
    );
    let verifiable = &identity["verifiable_addresses"][0];
    assert_eq!(verifiable["value"], "ada@example.org");
    assert_eq!(
        (&verifiable["verified"], &verifiable["via"]),
        (&json!(false), &json!("email"))
    );
    assert_eq!(
        identity["recovery_addresses"][0]["value"],
        "ada@example.org"
    );
    for member in ["metadata_public", "organization_id"] {
        assert_eq!(identity.get(member), Some(&json!(null)), "{member}");
    }
}

#[test]
fn problems_are_reported_at_their_nodes() {
    let kratos = Kratos::start(customer());
    let answer = kratos.register(&json!({ "nickname": "x" }));
    assert_eq!(
        (answer.status, answer.text_at("/state").as_str()),
        (400, "choose_method")
    );
    assert_eq!(
        answer.problems(),
        [
            ("traits.email".to_owned(), 4000002),
            ("traits.nickname".to_owned(), 4000003)
        ]
    );
    assert_eq!(answer.node("traits.nickname")["attributes"]["value"], "x");
}

#[test]
fn passwords_need_eight_bytes() {
    let kratos = Kratos::start(&MEMBER);
    for (password, id) in [
        (json!("seven77"), 4000032),
        (json!(""), 4000002),
        (json!(null), 4000002),
    ] {
        let flow = kratos.flow("registration/api", "");
        let body =
            json!({ "method": "password", "password": password, "traits": { "username": "a" } });
        let answer = kratos.post(
            &format!("/self-service/registration?flow={flow}"),
            "",
            &body,
        );
        assert_eq!(
            answer.problems(),
            [("password".to_owned(), id)],
            "{password}"
        );
    }
}

#[test]
fn the_identifier_is_required_and_unique() {
    let kratos = Kratos::start(&MEMBER);
    kratos.person(
        &json!({ "username": "ada", "email": "ada@example.org", "phone": "+49 30 1234567" }),
    );
    for (traits, id) in [
        (json!({ "nickname": "ada" }), 4000009),
        (json!({ "username": "ADA" }), 4000007),
        (
            json!({ "username": "b", "email": "ADA@example.org" }),
            4000007,
        ),
        (json!({ "username": "b", "phone": "+49301234567" }), 4000007),
        (
            json!({ "username": "b", "backup": "ada@example.org" }),
            4000007,
        ),
    ] {
        let answer = kratos.register(&traits);
        assert_eq!(
            (answer.status, answer.messages()),
            (400, vec![id]),
            "{traits}"
        );
        assert!(answer.problems().is_empty());
    }
    let answer = kratos.register(&json!({ "username": " " }));
    assert_eq!((answer.status, answer.error_id()), (500, Some("-")));
}

#[test]
fn a_session_prevents_registration() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let flow = kratos.flow("registration/api", "");
    let body = json!({ "method": "password", "password": PASSWORD, "traits": { "username": "b" } });
    for answer in [
        kratos.get("/self-service/registration/api", &ada.token),
        kratos.post(
            &format!("/self-service/registration?flow={flow}"),
            &ada.token,
            &body,
        ),
    ] {
        assert_eq!(answer.status, 400);
        assert_eq!(answer.error_id(), Some("session_already_available"));
    }
}

#[test]
fn other_registration_methods_are_refused() {
    let kratos = Kratos::start(&MEMBER);
    let flow = kratos.flow("registration/api", "");
    let path = format!("/self-service/registration?flow={flow}");
    let answer = kratos.post(&path, "", &json!({ "method": "carrier pigeon" }));
    assert_eq!((answer.status, answer.messages()), (400, vec![4010003]));
    let answer = kratos.post(&path, "", &json!({ "method": "passkey" }));
    assert_eq!(answer.status, 501);
}
