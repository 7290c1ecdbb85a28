//! The native settings flow: method `profile`.

mod submit;

use http::header::SET_COOKIE;
use http::{HeaderValue, StatusCode};
use serde_json::Value;

pub(super) use self::submit::submit;
use super::error::Refusal;
use super::flow::{self, Flow, Kind, Life};
use super::reply;
use super::request::Request;
use super::state::{Answer, Assurance, State};
use super::ui::Ui;

/// Where the settings page would be; that of Kratos's quickstart.
const PAGE: &str = "http://127.0.0.1:4455/settings";

/// `GET /self-service/settings/api`
pub(super) fn create(state: &mut State, request: &Request) -> Answer {
    let session = state
        .session(request)
        .ok_or_else(Refusal::session_inactive)?;
    if state.assurance == Assurance::SecondFactor {
        return Err(Refusal::second_factor(&state.base, None));
    }
    let person = state.sessions[session].person;
    let flow = fresh(state, request.url(&state.base), person);
    state.flows.push(flow);
    let last = state.flows.len() - 1;
    Ok(reply::json(StatusCode::OK, &state.flow_json(last, &[])))
}

/// A flow with the traits of this person.
pub(super) fn fresh(state: &State, url: String, person: usize) -> Flow {
    let (id, action) = flow::fresh_id(&state.base, Kind::Settings);
    let traits = state.people[person].traits.as_str();
    let traits: Value = serde_json::from_str(traits).unwrap_or_default();
    let ui = Ui::settings(action, state.schema, &state.paths, &traits);
    Flow::new(Kind::Settings, Some(person), url, id, ui)
}

/// `GET /self-service/settings/flows?id=`
pub(super) fn get(state: &mut State, request: &Request) -> Answer {
    let mut reply = shown(state, request).unwrap_or_else(Refusal::reply);
    // Kratos sets it on native flows too, and refuses the submit that brings it back.
    let cookie = format!(
        "{}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
        state.csrf_cookie,
        super::ids::cookie()
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        reply.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(reply)
}

fn shown(state: &State, request: &Request) -> Answer {
    let session = session(state, request)?;
    let flow = state.flow(request, "id", |kind| kind == Kind::Settings);
    let flow = flow.ok().flatten().ok_or_else(Refusal::unknown_resource)?;
    if state.flows[flow].owner != Some(state.sessions[session].person) {
        return Err(Refusal::someone_else(
            "The request was made for another identity and has been blocked for security reasons.",
        ));
    }
    if state.assurance == Assurance::SecondFactor {
        let page = format!("{PAGE}?flow={}", state.flows[flow].id);
        return Err(Refusal::second_factor(&state.base, Some(&page)));
    }
    match state.flows[flow].life {
        Life::Expired(_) => Err(Refusal::expired_settings(&state.base)),
        Life::Open(_) => Ok(reply::json(StatusCode::OK, &state.flow_json(flow, &[]))),
    }
}

fn session(state: &State, request: &Request) -> Result<usize, Refusal> {
    state.session(request).ok_or_else(|| {
        Refusal::unauthorized("A valid Ory Session Cookie or Ory Session Token is missing.")
    })
}
