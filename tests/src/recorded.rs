//! Answers of Kratos in the shapes that were recorded, for tests without a server.

use http::{Response, StatusCode};
use serde_json::{Value, json};

/// The id of the identity in these answers.
pub const ADA: &str = "0b9cbd3b-2f5e-4a39-9d1a-7c6b5a4f3e2d";
/// The id of the flow in these answers.
pub const FLOW: &str = "6e2f0c7e-5d39-4d6c-9a3b-0f7d1c2b3a49";

/// A settings flow in a state, of the identity with this id and these traits, given as JSON text.
pub fn flow(state: &str, id: &str, traits: &str) -> Response<Vec<u8>> {
    let flow = json!({
        "id": FLOW,
        "type": "api",
        "ui": { "action": "http://127.0.0.1:4433/", "method": "POST", "nodes": [] },
        "identity": { "id": id, "schema_id": "default", "traits": "TRAITS" },
        "state": state,
    });
    // As text, so that numbers stay as they are written.
    answer(200, flow.to_string().replace("\"TRAITS\"", traits))
}

/// The body of an error: `id` is absent when it is `None`, the members of `more` are beside `error`.
pub fn error_body(id: Option<&str>, more: Value) -> Value {
    // The code is not to be trusted.
    let mut body =
        json!({ "error": { "code": 500, "status": "?", "message": "no", "reason": "because" } });
    if let Some(id) = id {
        body["error"]["id"] = json!(id);
    }
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.extend(more);
    }
    body
}

/// An error: see [`error_body`].
pub fn error(status: u16, id: Option<&str>, more: Value) -> Response<Vec<u8>> {
    json_answer(status, &error_body(id, more))
}

/// An answer with this JSON.
pub fn json_answer(status: u16, body: &Value) -> Response<Vec<u8>> {
    answer(status, body.to_string())
}

/// An answer with this body, as JSON.
pub fn answer(status: u16, body: impl Into<Vec<u8>>) -> Response<Vec<u8>> {
    answer_of_type(status, "application/json", body)
}

/// An answer of this content type.
pub fn answer_of_type(
    status: u16,
    content_type: &'static str,
    body: impl Into<Vec<u8>>,
) -> Response<Vec<u8>> {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = StatusCode::from_u16(status).expect("a status");
    let content_type = http::HeaderValue::from_static(content_type);
    answer.headers_mut().insert("Content-Type", content_type);
    answer
}
