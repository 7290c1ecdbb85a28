//! The shapes of Kratos's answers.

pub(crate) use kratos_traits_tests::recorded::{FLOW, error, json_answer as answer};
pub(crate) use kratos_traits_tests::scripted::TOKEN;
use serde_json::{Value, json};

pub(crate) const OTHER_TOKEN: &str = "ory_st_9876543210abcdefghijABCDEFGHIJ";
pub(crate) const EMAIL: &str = "ada@example.org";
pub(crate) const PASSWORD: &str = "correct horse battery staple";

pub(crate) fn input(group: &str, name: &str, value: &str) -> Value {
    json!({
        "type": "input", "group": group, "messages": [], "meta": {},
        "attributes": { "name": name, "type": "text", "value": value, "node_type": "input", "disabled": false },
    })
}

/// A flow of v1.3.1, with a node of an unknown kind.
pub(crate) fn flow(nodes: &[Value]) -> Value {
    let strange = json!({ "type": "hologram", "group": "default", "attributes": { "id": "x" } });
    let nodes: Vec<&Value> = nodes.iter().chain([&strange]).collect();
    json!({
        "id": FLOW, "organization_id": null, "type": "api", "refresh": true, "requested_aal": "aal1",
        "expires_at": "2026-01-01T11:00:00Z", "state": "choose_method",
        "ui": {
            "action": "http://internal:4433/self-service/login?flow=6e2f", "method": "POST",
            "nodes": nodes,
            "messages": [{ "id": 1010003, "type": "info", "text": "Please confirm this action" }],
        },
    })
}

/// What `?refresh=true` gives for a person with a password.
pub(crate) fn password_flow() -> Value {
    flow(&[
        input("default", "csrf_token", ""),
        input("default", "identifier", EMAIL),
        input("password", "password", ""),
        input("password", "method", "password"),
    ])
}

/// What it gives once logins by code are switched on: the identifier is empty.
pub(crate) fn code_flow() -> Value {
    flow(&[
        input("default", "identifier", ""),
        input("code", "method", "code"),
        input("password", "password", ""),
    ])
}

/// A flow after a code was sent.
pub(crate) fn sent_flow() -> Value {
    let mut flow = flow(&[
        input("default", "identifier", EMAIL),
        input("code", "code", ""),
        input("code", "resend", "code"),
    ]);
    flow["state"] = json!("sent_email");
    flow["ui"]["messages"] = json!([{ "id": 1010014, "type": "info", "text": "An email" }]);
    flow
}

pub(crate) fn second_flow() -> Value {
    let mut flow = flow(&[
        input("totp", "totp_code", ""),
        input("totp", "method", "totp"),
        input("lookup_secret", "lookup_secret", ""),
        input("code", "address", EMAIL),
        input("captcha", "challenge", "x"),
    ]);
    flow["refresh"] = json!(false);
    flow["requested_aal"] = json!("aal2");
    flow
}

pub(crate) fn with_messages(mut flow: Value, messages: Value) -> Value {
    flow["ui"]["messages"] = messages;
    flow
}

pub(crate) fn error_message(id: u64) -> Value {
    json!([{ "id": id, "type": "error", "text": "no", "context": {} }])
}

pub(crate) fn success(token: &str, identity: Value) -> Value {
    json!({
        "session_token": token,
        "session": {
            "id": "eaa2e3c2-13bb-45f5-831c-1f75799566e9", "active": true,
            "authenticator_assurance_level": "aal1", "identity": identity,
        },
        "continue_with": null,
    })
}

pub(crate) fn ada() -> Value {
    json!({ "id": "0b9cbd3b", "schema_id": "default", "traits": { "email": EMAIL } })
}
