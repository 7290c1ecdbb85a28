//! An update of an e-mail address, and the answers it gets.

use http::{Request, Response};
use kratos_traits::exchange::{Exchange, Step};
use kratos_traits::flow::Update;
use kratos_traits::marker::Access;
use kratos_traits::{Error, Outcome, Patch, PublicUrl, SessionToken, SettingsUpdate};
use kratos_traits_tests::scenarios::updaters::ChangeEmail;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::{Value, json};

pub(crate) const TOKEN: &str = "ory_st_0123456789abcdefghijABCDEFGHIJ";
pub(crate) const EMAIL: &str = "ada@example.org";
pub(crate) const NEW_EMAIL: &str = "countess@example.org";

pub(crate) fn start(patch: Patch<CustomerTraits, impl Access>) -> Update<CustomerTraits> {
    let server: PublicUrl = "http://127.0.0.1:4433".parse().unwrap();
    Update::native(server, SessionToken::new(TOKEN).unwrap(), patch)
}

pub(crate) fn change_email() -> Update<CustomerTraits> {
    start(ChangeEmail { email: NEW_EMAIL }.patch())
}

pub(crate) fn answer(status: u16, body: impl Into<Vec<u8>>) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header("Content-Type", "application/json")
        .body(body.into())
        .unwrap()
}

pub(crate) fn json_answer(status: u16, body: &Value) -> Response<Vec<u8>> {
    answer(status, body.to_string())
}

/// A flow with the kinds of node that break the generated clients, and one that nobody knows.
pub(crate) fn flow(state: &str, email: &str) -> Value {
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
pub(crate) fn after_create(
    answer: &Response<Vec<u8>>,
) -> Result<Step<Update<CustomerTraits>>, Error> {
    change_email().receive(answer)
}

/// The exchange that submits.
pub(crate) fn submit() -> Update<CustomerTraits> {
    match after_create(&json_answer(200, &flow("show_form", EMAIL))).unwrap() {
        Step::Next(exchange) => exchange,
        Step::Done(outcome) => panic!("{outcome:?}"),
    }
}

pub(crate) fn after_submit(answer: &Response<Vec<u8>>) -> Result<Outcome<CustomerTraits>, Error> {
    match submit().receive(answer)? {
        Step::Done(outcome) => Ok(outcome),
        Step::Next(exchange) => panic!("a third request: {exchange:?}"),
    }
}

pub(crate) fn error(status: u16, id: Option<&str>, more: Value) -> Response<Vec<u8>> {
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

pub(crate) fn request_of(exchange: &Update<CustomerTraits>) -> Request<Vec<u8>> {
    exchange.request().unwrap()
}
