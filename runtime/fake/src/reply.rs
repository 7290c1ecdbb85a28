//! Answers of the server, as Kratos sends them.

use http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;

/// An answer with a JSON body.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Response<Vec<u8>> {
    // What is answered here always has a JSON form.
    let body = serde_json::to_vec(body).unwrap_or_default();
    with_type(status, "application/json; charset=utf-8", body)
}

/// A refusal: Kratos names no charset there.
pub(super) fn error(status: StatusCode, body: &impl Serialize) -> Response<Vec<u8>> {
    let body = serde_json::to_vec(body).unwrap_or_default();
    with_type(status, "application/json", body)
}

/// An answer with a JSON text.
pub(super) fn raw_json(text: &str) -> Response<Vec<u8>> {
    with_type(StatusCode::OK, "application/json", text.into())
}

/// An answer of Kratos's router, which knows no JSON.
pub(super) fn plain(status: StatusCode, text: &str) -> Response<Vec<u8>> {
    with_type(status, "text/plain; charset=utf-8", text.into())
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
