//! The parts of the admin API that find, read and patch identities.

mod document;
mod find;
mod json_patch;
mod patch;
mod redirect;

use http::{Response, StatusCode};

use super::error::Refusal;
use super::person::Person;
use super::reply;
use super::request::Request;
use super::state::{Answer, State};

pub(super) use self::redirect::redirect;

/// The list of all identities; the path of an identity begins with it.
const PEOPLE: &str = "/admin/identities";

/// Answers a request to the admin API.
pub(super) fn answer(state: &mut State, request: &Request) -> Response<Vec<u8>> {
    let path = request.path();
    state
        .requests
        .push((request.method.clone(), path.to_owned()));
    let id = path.strip_prefix(PEOPLE).map(|id| id.trim_matches('/'));
    let answer = match (request.method.as_str(), id) {
        ("GET", Some("")) => find::find(state, request),
        ("GET", Some(id)) => show(state, id),
        ("PATCH", Some(id)) if !id.is_empty() => patch::patch(state, request, id),
        _ => {
            let what = format!("{} {path} on the admin API", request.method);
            Err(Refusal::not_played(&what))
        }
    };
    answer.unwrap_or_else(Refusal::reply)
}

/// `GET /admin/identities/{id}`
fn show(state: &State, id: &str) -> Answer {
    let person = &state.people[known(state, id)?];
    Ok(reply::json(StatusCode::OK, &person.admin_json(&state.base)))
}

/// The position of the person with this id.
fn known(state: &State, id: &str) -> Result<usize, Refusal> {
    let position = state.people.iter().position(|one| one.id() == id);
    position.ok_or_else(Refusal::unknown_resource)
}

/// Whether the person logs in with this identifier.
fn logs_in_with(person: &Person, identifier: &str) -> bool {
    person.identifiers.hold(identifier)
}
