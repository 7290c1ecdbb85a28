//! Which endpoint answers a request.

use http::{Response, StatusCode};
use serde_json::json;

use super::browser::{Client, with_csrf_cookie};
use super::error::Refusal;
use super::request::Request;
use super::state::{Answer, State};
use super::{admin, login, registration, reply, schemas, settings, whoami};

/// Answers a request.
pub(super) fn answer(state: &mut State, request: &Request) -> Response<Vec<u8>> {
    let path = request.path();
    state
        .requests
        .push((request.method.clone(), path.to_owned()));
    let answer = match (request.method.as_str(), path) {
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
        // The cookie is set on native flows too, and the submit that brings it back is refused.
        ("GET", "/self-service/settings/flows") => {
            with_csrf_cookie(state, request, |state, _| settings::get(state, request))
        }
        ("POST", "/self-service/settings") => settings::submit(state, request),
        ("GET", "/sessions/whoami") => whoami::whoami(state, request),
        ("GET", "/health/ready") => Ok(reply::json(StatusCode::OK, &json!({ "status": "ok" }))),
        (_, path) if path.starts_with("/admin/") => admin::redirect(state, request),
        ("GET", path) if path.starts_with("/schemas/") => schemas::get(state, request),
        _ => elsewhere(request),
    };
    answer.unwrap_or_else(Refusal::reply)
}

/// Where Kratos has something that is not played here, it is said so.
fn elsewhere(request: &Request) -> Answer {
    let path = request.path();
    let of_kratos = ["/self-service/", "/sessions", "/schemas"];
    if of_kratos.iter().any(|prefix| path.starts_with(prefix)) {
        return Err(Refusal::not_played(&format!("{} {path}", request.method)));
    }
    Ok(reply::plain(StatusCode::NOT_FOUND, "404 page not found\n"))
}
