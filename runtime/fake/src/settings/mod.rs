//! The settings flow: method `profile`.

mod submit;

use http::StatusCode;
use percent_encoding::percent_decode_str;
use serde_json::Value;

pub(super) use self::submit::submit;
use super::browser::Client;
use super::error::Refusal;
use super::flow::{self, Flow, Kind, Life};
use super::reply;
use super::request::Request;
use super::server::Fake;
use super::state::{Answer, State};
use super::ui::Ui;

/// `GET /self-service/settings/api`, or `…/browser`
pub(super) fn create(state: &mut State, request: &Request, client: Client) -> Answer {
    let session = state
        .session(request)
        .ok_or_else(Refusal::session_inactive)?;
    if state.lacks_second_factor(session) {
        return Err(Refusal::second_factor(&state.base, None));
    }
    if let Some(url) = return_to(&request.url(&state.base)).filter(|url| !may_return_to(url)) {
        return Err(Refusal::forbidden_return(&url));
    }
    let person = state.sessions[session].person;
    let flow = fresh(state, request.url(&state.base), person).made_for(client);
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

/// Where the browser shall go in the end, by the URL that made the flow.
pub(super) fn return_to(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == "return_to")?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

fn may_return_to(url: &str) -> bool {
    let rest = url.strip_prefix(Fake::RETURN_URL);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// Where the settings page of a flow would be.
fn page(flow: &Flow) -> String {
    format!("{}/settings?flow={}", Fake::RETURN_URL, flow.id)
}

/// `GET /self-service/settings/flows?id=`
pub(super) fn get(state: &State, request: &Request) -> Answer {
    let session = session(state, request)?;
    let flow = state.flow(request, "id", |kind| kind == Kind::Settings);
    let flow = flow.ok().flatten().ok_or_else(Refusal::unknown_resource)?;
    if state.flows[flow].owner != Some(state.sessions[session].person) {
        return Err(Refusal::someone_else(
            "The request was made for another identity and has been blocked for security reasons.",
        ));
    }
    if state.lacks_second_factor(session) {
        let page = page(&state.flows[flow]);
        return Err(Refusal::second_factor(&state.base, Some(&page)));
    }
    match state.flows[flow].life {
        Life::Expired(_) => Err(Refusal::expired_settings(
            &state.base,
            state.flows[flow].client.kind(),
        )),
        Life::Open(_) => Ok(reply::json(StatusCode::OK, &state.flow_json(flow, &[]))),
    }
}

fn session(state: &State, request: &Request) -> Result<usize, Refusal> {
    state.session(request).ok_or_else(|| {
        Refusal::unauthorized("A valid Ory Session Cookie or Ory Session Token is missing.")
    })
}
