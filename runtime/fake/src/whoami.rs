//! `GET /sessions/whoami`.

use http::header::HeaderName;
use http::{HeaderValue, StatusCode};

use super::error::Refusal;
use super::reply;
use super::request::Request;
use super::state::{Answer, State};

/// The session of the request, and the person in it.
pub(super) fn whoami(state: &mut State, request: &Request) -> Answer {
    let session = state.session(request).ok_or_else(|| {
        Refusal::unauthorized("No valid session credentials found in the request.")
    })?;
    if state.lacks_second_factor(session) {
        return Err(Refusal::second_factor(&state.base, None));
    }
    let session = &state.sessions[session];
    let person = &state.people[session.person];
    let mut reply = reply::json(
        StatusCode::OK,
        &session.json(Some(person.json(&state.base))),
    );
    if let Ok(id) = HeaderValue::from_str(person.id()) {
        let name = HeaderName::from_static("x-kratos-authenticated-identity-id");
        reply.headers_mut().insert(name, id);
    }
    Ok(reply)
}
