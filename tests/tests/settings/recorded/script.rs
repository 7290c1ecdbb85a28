//! An update of an e-mail address, and the answers it gets.

use http::Response;
use kratos_traits::{Error, Outcome};
use kratos_traits_tests::recorded::{FLOW, json_answer};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted;
use kratos_traits_tests::updaters::ChangeEmail;
use serde_json::{Value, json};

pub(crate) const EMAIL: &str = "ada@example.org";
pub(crate) const NEW_EMAIL: &str = "countess@example.org";

pub(crate) fn change_email() -> ChangeEmail<'static> {
    ChangeEmail { email: NEW_EMAIL }
}

/// A flow with the kinds of node that break the generated clients, and one of an unknown kind.
pub(crate) fn flow(state: &str, email: &str) -> Value {
    json!({
        "id": FLOW,
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

/// The flow that answers the first request.
pub(crate) fn created() -> Response<Vec<u8>> {
    json_answer(200, &flow("show_form", EMAIL))
}

/// How the update ends when its first request gets this answer.
pub(crate) fn after_create(answer: &Response<Vec<u8>>) -> Result<Outcome<CustomerTraits>, Error> {
    scripted::update(&change_email(), vec![answer.clone()])
}

/// How the update ends when its submit gets this answer.
pub(crate) fn after_submit(answer: &Response<Vec<u8>>) -> Result<Outcome<CustomerTraits>, Error> {
    scripted::update(&change_email(), vec![created(), answer.clone()])
}
