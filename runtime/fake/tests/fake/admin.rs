//! The admin API of the fake: finds, reads and patches identities.

use serde_json::{Value, json};

use crate::MEMBER;
use crate::client::{Kratos, Person};

fn patch(ada: &Person<'_>, operations: &Value) -> (u16, Value) {
    let answer = ada.kratos.admin("PATCH", &place(ada), operations);
    (answer.status, answer.body)
}

fn place(ada: &Person<'_>) -> String {
    format!("/admin/identities/{}", ada.whoami().text_at("/identity/id"))
}

#[test]
fn a_patch_changes_traits_and_their_identifiers_and_addresses() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "email": "ada@example.org", "x/~": { "y": 1.50 } }));
    let (status, body) = patch(
        &ada,
        &json!([
            { "op": "replace", "path": "/traits/email", "value": "Countess@example.org" },
            { "op": "replace", "path": "/traits/x~1~0/y", "value": 2 },
            { "op": "add", "path": "/traits/a/b", "value": [] },
            { "op": "add", "path": "/metadata_admin", "value": { "note": "vip" } },
        ]),
    );
    assert_eq!(status, 200, "{body}");
    let traits = json!({ "email": "Countess@example.org", "x/~": { "y": 2 }, "a": { "b": [] } });
    assert_eq!(body["traits"], traits);
    assert_eq!(body["metadata_admin"]["note"], "vip");
    assert_eq!(
        body["verifiable_addresses"][0]["value"],
        "countess@example.org"
    );
    assert_eq!(body["verifiable_addresses"][0]["verified"], false);
    assert_eq!(ada.traits(), traits);
    // Only the admin API shows it.
    assert!(
        ada.whoami().body["identity"]
            .get("metadata_admin")
            .is_none()
    );

    let found = |identifier: &str| {
        let path = format!("/admin/identities?credentials_identifier={identifier}");
        let answer = kratos.admin("GET", &path, &json!(null));
        answer.body.as_array().map(Vec::len)
    };
    assert_eq!(found("COUNTESS%40example.org"), Some(1));
    assert_eq!(found("ada%40example.org"), Some(0));
    assert_eq!(found(""), Some(1), "an empty identifier finds all");
}

#[test]
fn invalid_patches_are_refused() {
    let kratos = Kratos::start(&MEMBER);
    kratos.person(&json!({ "username": "grace" }));
    let ada = kratos.person(&json!({ "username": "ada" }));
    let set = |path: &str, value: Value| json!([{ "op": "replace", "path": path, "value": value }]);
    let no_patch = "An error occured when applying the JSON patch";
    for (operations, status, part) in [
        (set("/id", json!("x")), 400, no_patch),
        (set("/credentials", json!({})), 400, no_patch),
        (
            json!([{ "op": "remove", "path": "/traits/nickname" }]),
            400,
            no_patch,
        ),
        (
            json!([{ "op": "test", "path": "/traits/username", "value": "ada" }]),
            400,
            "unsupported operation: test",
        ),
        (
            json!([{ "op": "test", "path": "/traits/username", "value": "grace" }]),
            400,
            "unsupported operation: test",
        ),
        (json!({}), 400, no_patch),
        (
            set("/traits/nickname", json!("long")),
            400,
            "I[#/traits/nickname] S[#",
        ),
        (set("/traits", json!([])), 400, "I[#/traits]"),
        (
            set("/traits/username", json!("")),
            500,
            "missing or empty identifier",
        ),
        (
            set("/traits/username", json!("Grace")),
            409,
            "exists already",
        ),
    ] {
        let (seen, body) = patch(&ada, &operations);
        assert_eq!(seen, status, "{operations}: {body}");
        assert!(body.to_string().contains(part), "{operations}: {body}");
    }
    assert_eq!(ada.traits(), json!({ "username": "ada" }));
    let unknown = kratos.admin("GET", "/admin/identities/unknown", &json!(null));
    assert_eq!((unknown.status, unknown.error_id()), (404, Some("-")));
    let created = kratos.admin("POST", "/admin/identities", &json!({}));
    assert_eq!(created.status, 501);
}

#[test]
fn a_verified_address_makes_every_change_privileged() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    let verified =
        json!([{ "op": "replace", "path": "/verifiable_addresses/0/verified", "value": true }]);
    let (_, body) = patch(&ada, &verified);
    assert_eq!(body["verifiable_addresses"][0]["status"], "completed");
    kratos.0.age_sessions();
    let body = json!({ "method": "profile", "traits": { "email": "ada@example.org", "age": 1 } });
    let refused = ada.submit(&ada.flow(), &body);
    assert_eq!(refused.error_id(), Some("session_refresh_required"));
}

#[test]
fn the_public_api_redirects_to_the_admin_api() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let answer = kratos.get(&place(&ada), "");
    let there = format!("{}{}", kratos.0.admin_url(), place(&ada));
    assert_eq!(
        (answer.status, answer.header("Location")),
        (307, Some(&*there))
    );
}
