//! Answers as Kratos sends them, and the steps that they propose.

use http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::ids;
use super::refusal::Refusal;

/// What an endpoint answers with.
pub(super) type Answer = Result<Response<Vec<u8>>, Refusal>;

/// An answer with a JSON body.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Response<Vec<u8>> {
    // Serializing these types cannot fail.
    let body = serde_json::to_vec(body).unwrap_or_default();
    with_type(status, "application/json; charset=utf-8", body)
}

/// An answer with status 200 and a JSON body.
pub(super) fn ok(body: &impl Serialize) -> Response<Vec<u8>> {
    json(StatusCode::OK, body)
}

/// A refusal, for which Kratos gives no charset.
pub(super) fn error(status: StatusCode, body: &impl Serialize) -> Response<Vec<u8>> {
    let body = serde_json::to_vec(body).unwrap_or_default();
    with_type(status, "application/json", body)
}

/// An answer with a JSON text.
pub(super) fn raw_json(text: &str) -> Response<Vec<u8>> {
    with_type(StatusCode::OK, "application/json", text.into())
}

/// An answer of Kratos's router, in plain text.
pub(super) fn plain(status: StatusCode, text: &str) -> Response<Vec<u8>> {
    with_type(status, "text/plain; charset=utf-8", text.into())
}

/// The answer of Kratos's router to a path that it does not know.
pub(super) fn not_found() -> Response<Vec<u8>> {
    plain(StatusCode::NOT_FOUND, "404 page not found\n")
}

fn with_type(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache, no-store, must-revalidate"),
    );
    headers.insert(VARY, HeaderValue::from_static("Cookie"));
    response
}

/// A step of `continue_with`: the browser goes to this URL.
pub(super) fn redirect_browser_to(url: &str) -> Value {
    json!({ "action": "redirect_browser_to", "redirect_browser_to": url })
}

/// A step of `continue_with`: verify this address. The fake does not create the verification flow.
pub(super) fn show_verification_ui(address: &str) -> Value {
    json!({
        "action": "show_verification_ui",
        "flow": { "id": ids::uuid(), "verifiable_address": address },
    })
}
