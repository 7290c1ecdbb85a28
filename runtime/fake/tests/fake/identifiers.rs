//! Identifiers and addresses follow the traits, except the last identifier of a credential.

use serde_json::{Value, json};

use crate::client::{Kratos, PASSWORD};
use crate::{GROUP, MEMBER};

#[test]
fn the_old_identifier_is_removed_at_once() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    assert_eq!(ada.change(&json!({ "username": "Countess" })).status, 200);
    assert_eq!(kratos.login("ada", PASSWORD).status, 400);
    assert_eq!(kratos.login("countess", PASSWORD).status, 200);
    kratos.person(&json!({ "username": "ada" }));
}

#[test]
fn the_last_identifier_of_a_credential_stays_when_it_is_removed() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada", "email": "ada@example.org" }));
    // One of two is really gone.
    assert_eq!(
        ada.change(&json!({ "email": "ada@example.org" })).status,
        200
    );
    assert_eq!(kratos.login("ada", PASSWORD).status, 400);
    // The last one stays without a trait: it still logs in, and other people cannot take it.
    assert_eq!(ada.change(&json!({})).status, 200);
    assert_eq!(ada.traits(), json!({}));
    assert_eq!(kratos.login("ada@example.org", PASSWORD).status, 200);
    let answer = kratos.register(&json!({ "email": "ada@example.org" }));
    assert_eq!(answer.messages(), [4000007]);
}

#[test]
fn addresses_are_removed_with_their_traits() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(
        &json!({ "username": "ada", "email": "ada@example.org", "backup": "b@example.org" }),
    );
    let addresses = |kind: &str| -> Vec<Value> {
        let of_kind = ada.whoami().body["identity"][kind].take();
        let addresses = of_kind.as_array().cloned().unwrap_or_default();
        addresses
            .into_iter()
            .map(|mut one| one["value"].take())
            .collect()
    };
    assert_eq!(addresses("verifiable_addresses"), ["ada@example.org"]);
    assert_eq!(
        addresses("recovery_addresses"),
        ["ada@example.org", "b@example.org"]
    );
    ada.change(&json!({ "username": "ada", "backup": "C@example.org" }));
    assert_eq!(addresses("verifiable_addresses"), [] as [Value; 0]);
    assert_eq!(addresses("recovery_addresses"), ["c@example.org"]);
}

#[test]
fn a_taken_identifier_is_refused_without_naming_it() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    kratos.person(
        &json!({ "username": "bob", "email": "bob@example.org", "phone": "+49 30 1234567" }),
    );
    for traits in [
        json!({ "username": "BOB" }),
        json!({ "username": "ada", "email": "Bob@example.org" }),
        json!({ "username": "ada", "backup": "bob@example.org" }),
        json!({ "username": "ada", "phone": "+49 (30) 123-4567" }),
    ] {
        let answer = ada.change(&traits);
        assert_eq!(
            (answer.status, answer.messages()),
            (400, vec![4000007]),
            "{traits}"
        );
        assert!(answer.problems().is_empty());
    }
    assert_eq!(ada.traits(), json!({ "username": "ada" }));
    // Two credentials may have the same identifier.
    assert_eq!(
        ada.change(&json!({ "username": "+49301234567" })).status,
        200
    );
}

#[test]
fn an_empty_identifier_is_a_server_error() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    for username in ["", "  "] {
        let answer = ada.change(&json!({ "username": username }));
        assert_eq!(
            (answer.status, answer.error_id()),
            (500, Some("-")),
            "{username:?}"
        );
    }
    assert_eq!(ada.traits(), json!({ "username": "ada" }));
}

#[test]
fn every_element_of_an_array_has_its_role() {
    let kratos = Kratos::start(&GROUP);
    let contacts = ["A@example.org", "b@example.org", "a@example.org"];
    let ada = kratos.person(&json!({ "aliases": ["ada", "Countess"], "contacts": contacts }));
    for alias in ["ada", "countess"] {
        assert_eq!(kratos.login(alias, PASSWORD).status, 200, "{alias}");
    }
    // The same address twice is one.
    let identity = ada.whoami().body["identity"].take();
    let addresses = identity["verifiable_addresses"].as_array().unwrap();
    assert_eq!(addresses.len(), 2);
    assert_eq!(addresses[0]["value"], "a@example.org");

    let bob = kratos.person(&json!({ "name": "bob" }));
    for taken in [
        json!({ "name": "bob", "aliases": ["Ada"] }),
        json!({ "name": "bob", "contacts": ["B@example.org"] }),
    ] {
        assert_eq!(bob.change(&taken).messages(), [4000007], "{taken}");
    }
}

#[test]
fn an_address_that_is_not_an_identifier_is_privileged_too() {
    let kratos = Kratos::start(&GROUP);
    let ada = kratos.person(&json!({ "name": "ada", "contacts": ["a@example.org"] }));
    kratos.0.age_sessions();
    for contacts in [
        json!(["b@example.org"]),
        json!(["a@example.org", "b@example.org"]),
        json!([]),
    ] {
        let answer = ada.change(&json!({ "name": "ada", "contacts": contacts }));
        assert_eq!(
            answer.error_id(),
            Some("session_refresh_required"),
            "{contacts}"
        );
    }
    let same = json!({ "name": "ada", "contacts": ["A@example.org"] });
    assert_eq!(ada.change(&same).status, 200);
}

#[test]
fn null_is_an_identifier_that_one_person_can_have() {
    let kratos = Kratos::start(&GROUP);
    let ada = kratos.person(&json!({ "name": "ada" }));
    let bob = kratos.person(&json!({ "name": "bob" }));
    assert_eq!(ada.change(&json!({ "name": null })).status, 200);
    assert_eq!(bob.change(&json!({ "name": null })).messages(), [4000007]);
    assert_eq!(kratos.login("%!s(<nil>)", PASSWORD).status, 200);
}
