//! The endpoints of the public API, and the small ones among them.

use http::header::HeaderName;
use http::{HeaderValue, Response};
use serde_json::json;

use super::browser::{Client, with_csrf_cookie};
use super::person::{SCHEMA_ID, SCHEMA_ID_BASE64};
use super::refusal::Refusal;
use super::reply::{self, Answer};
use super::request::Request;
use super::state::State;
use super::{admin, login, registration, settings};

/// Answers a request to the public API.
pub(super) fn answer(state: &mut State, request: &Request) -> Response<Vec<u8>> {
    state.log(request);
    let answer = match (request.method.as_str(), request.path()) {
        ("GET", "/self-service/registration/api") => registration::create(state, request),
        ("POST", "/self-service/registration") => registration::submit(state, request),
        ("GET", "/self-service/login/api") => login::create(state, request, Client::Native),
        ("GET", "/self-service/login/browser") => {
            with_csrf_cookie(state, request, |state, client| {
                login::create(state, request, client)
            })
        }
        ("POST", "/self-service/login") => login::submit(state, request),
        ("GET", "/self-service/settings/api") => settings::create(state, request, Client::Native),
        ("GET", "/self-service/settings/browser") => {
            with_csrf_cookie(state, request, |state, client| {
                settings::create(state, request, client)
            })
        }
        // Kratos sets the cookie on native flows too, and refuses a submit that sends it back.
        ("GET", "/self-service/settings/flows") => {
            with_csrf_cookie(state, request, |state, _| settings::get(state, request))
        }
        ("POST", "/self-service/settings") => settings::submit(state, request),
        ("GET", "/sessions/whoami") => whoami(state, request),
        ("GET", "/health/ready") => Ok(reply::ok(&json!({ "status": "ok" }))),
        (_, path) if path.starts_with("/admin/") => Ok(admin::redirect(&state.admin_base, request)),
        ("GET", path) if path.starts_with("/schemas/") => schema(state, request),
        _ => not_found(request),
    };
    answer.unwrap_or_else(Refusal::reply)
}

/// Status 501 for endpoints of Kratos that the fake lacks, 404 for all other paths.
fn not_found(request: &Request) -> Answer {
    let path = request.path();
    if is_public(path) {
        let endpoint = format!("{} {path}", request.method);
        return Err(Refusal::not_implemented(&endpoint));
    }
    Ok(reply::not_found())
}

/// Whether the path is one of Kratos's public API.
pub(super) fn is_public(path: &str) -> bool {
    let prefixes = ["/self-service/", "/sessions", "/schemas"];
    prefixes.iter().any(|prefix| path.starts_with(prefix))
}

/// `GET /sessions/whoami`: the session of the request, and its person.
fn whoami(state: &State, request: &Request) -> Answer {
    let session = state.session(request).ok_or_else(|| {
        Refusal::unauthorized("No valid session credentials found in the request.")
    })?;
    if state.lacks_second_factor(session) {
        return Err(Refusal::second_factor(&state.base, None));
    }
    let session = &state.sessions[session];
    let person = &state.people[session.person];
    let mut reply = reply::ok(&session.json(Some(person.json(&state.base))));
    if let Ok(id) = HeaderValue::from_str(person.id()) {
        let name = HeaderName::from_static("x-kratos-authenticated-identity-id");
        reply.headers_mut().insert(name, id);
    }
    Ok(reply)
}

/// `GET /schemas/{id}`: the schema, by its plain id or by the base64url form of it.
fn schema(state: &State, request: &Request) -> Answer {
    let id = request.path().trim_start_matches("/schemas/");
    if id == SCHEMA_ID || id == SCHEMA_ID_BASE64 {
        return Ok(reply::raw_json(state.schema.json));
    }
    Err(Refusal::not_found(format!(
        "Identity schema `{id}` could not be found."
    )))
}
