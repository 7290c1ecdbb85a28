//! Behaviour of some configurations of Kratos only.

use serde_json::json;

use crate::MEMBER;
use crate::client::{Kratos, PASSWORD};

#[test]
fn a_second_factor_is_required_everywhere() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let flow = ada.flow();
    let body = json!({ "method": "profile", "traits": { "username": "ada", "age": 1 } });
    kratos.0.require_second_factor(true);
    let path = format!("/self-service/settings/flows?id={flow}");
    for answer in [
        ada.whoami(),
        kratos.get("/self-service/settings/api", &ada.token),
        ada.submit(&flow, &body),
        kratos.get(&path, &ada.token),
    ] {
        assert_eq!(
            (answer.status, answer.error_id()),
            (403, Some("session_aal2_required"))
        );
        let redirect = answer.text_at("/redirect_browser_to");
        assert!(
            redirect.contains("/self-service/login/browser?aal=aal2"),
            "{redirect}"
        );
        assert_eq!(
            answer.text_at("/error/details/redirect_browser_to"),
            redirect
        );
    }
    // A login succeeds, but does not show the person.
    let login = kratos.login("ada", PASSWORD);
    assert_eq!(
        (login.status, &login.body["session"]["identity"]),
        (200, &json!(null))
    );

    kratos.0.require_second_factor(false);
    assert_eq!(ada.traits(), json!({ "username": "ada" }));
    assert_eq!(ada.submit(&flow, &body).status, 200);
}

#[test]
fn a_new_address_is_parked_until_it_is_verified() {
    let kratos = Kratos::start(&MEMBER);
    let traits = json!({ "username": "ada", "email": "ada@example.org" });
    let ada = kratos.person(&traits);
    kratos.person(&json!({ "username": "bob", "email": "bob@example.org" }));
    kratos.0.verify_new_addresses(true);

    let parked = ada.change(&json!({ "username": "ada", "email": "new@example.org" }));
    assert_eq!(
        (parked.status, parked.text_at("/state")),
        (200, "show_form".into())
    );
    assert!(parked.messages().is_empty());
    assert_eq!(
        parked.text_at("/continue_with/0/action"),
        "show_verification_ui"
    );
    let address = parked.text_at("/continue_with/0/flow/verifiable_address");
    assert_eq!(address, "new@example.org");
    assert_eq!(parked.body["identity"]["traits"], traits);
    assert_eq!(ada.traits(), traits);

    let taken = ada.change(&json!({ "username": "ada", "email": "bob@example.org" }));
    assert_eq!(taken.messages(), [4000007]);
    // Changes without a new address are saved at once.
    assert_eq!(
        ada.change(&json!({ "username": "countess" }))
            .text_at("/state"),
        "success"
    );

    kratos.0.verify_new_addresses(false);
    assert_eq!(ada.change(&traits).text_at("/state"), "success");
}

#[test]
fn an_old_session_parks_nothing() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    kratos.0.verify_new_addresses(true);
    kratos.0.age_sessions();
    let answer = ada.change(&json!({ "email": "new@example.org" }));
    assert_eq!(answer.error_id(), Some("session_refresh_required"));
}
