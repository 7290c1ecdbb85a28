//! The settings flow: method `profile`.

use http::Response;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::browser::{self, Client};
use super::decoder;
use super::flow::{self, Failure, Flow, Kind, Life};
use super::identifiers::Derived;
use super::refusal::Refusal;
use super::reply::{self, Answer, redirect_browser_to, show_verification_ui};
use super::request::{Body, Request, query_value};
use super::server::Fake;
use super::state::State;
use super::ui::{Message, Ui};
use super::validation::validated;

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
    Ok(state.open(flow))
}

/// A flow with the traits of this person.
pub(super) fn fresh(state: &State, url: String, person: usize) -> Flow {
    let traits = state.people[person].traits.as_str();
    let traits: Value = serde_json::from_str(traits).unwrap_or_default();
    let ui = Ui::settings(state.schema, &state.paths, &traits);
    Flow::new(&state.base, Kind::Settings, Some(person), url, ui)
}

/// The `return_to` of the URL at which a flow was requested.
pub(super) fn return_to(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let value = query_value(query, "return_to")?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

pub(super) fn may_return_to(url: &str) -> bool {
    let rest = url.strip_prefix(Fake::RETURN_URL);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// The URL of the application's settings page for this flow.
fn page(flow: &Flow) -> String {
    format!("{}/settings?flow={}", Fake::RETURN_URL, flow.id)
}

/// `GET /self-service/settings/flows?id=`
pub(super) fn get(state: &State, request: &Request) -> Answer {
    let session = session(state, request)?;
    let flow = state.flow(request, "id", |kind| kind == Kind::Settings);
    let flow = flow.ok().flatten().ok_or_else(Refusal::unknown_resource)?;
    if state.flows[flow].owner != Some(state.sessions[session].person) {
        return Err(Refusal::identity_mismatch(
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
        Life::Open(_) => Ok(reply::ok(&state.flow_json(flow, &[]))),
    }
}

fn session(state: &State, request: &Request) -> Result<usize, Refusal> {
    state.session(request).ok_or_else(|| {
        Refusal::unauthorized("A valid Ory Session Cookie or Ory Session Token is missing.")
    })
}

/// The outcome of a submit that is not refused, with the new addresses.
enum Done {
    Saved(Vec<String>),
    /// Nothing changes until the address is verified.
    Parked(Vec<String>),
}

/// `POST /self-service/settings?flow=`
pub(super) fn submit(state: &mut State, request: &Request) -> Answer {
    let session = session(state, request)?;
    let flow = state
        .flow(request, "flow", |kind| kind == Kind::Settings)?
        .ok_or_else(|| {
            Refusal::not_found("The settings request could not be found. Please restart the flow.")
        })?;
    if state.lacks_second_factor(session) {
        return Err(Refusal::second_factor(
            &state.base,
            Some(&request.url(&state.base)),
        ));
    }
    flow::refuse_expired(state, request, flow)?;
    if state.flows[flow].owner != Some(state.sessions[session].person) {
        return Err(Refusal::identity_mismatch(
            "The request was initiated by someone else and has been blocked for security reasons. \
             Please go back and try again.",
        ));
    }
    let mut ui = state.flows[flow].ui.clone();
    ui.clear_messages();
    match attempt(state, request, (session, flow), &mut ui) {
        Ok(Done::Saved(addresses)) => Ok(saved(state, request, (session, flow), &addresses)),
        Ok(Done::Parked(addresses)) => Ok(parked(state, flow, ui, &addresses)),
        Err(failure) => failure.answer(state, flow, ui),
    }
}

fn attempt(
    state: &mut State,
    request: &Request,
    (session, flow): (usize, usize),
    ui: &mut Ui,
) -> Result<Done, Failure> {
    let body = Body::read(request)?;
    let known = [
        "password",
        "oidc",
        "saml",
        "totp",
        "lookup_secret",
        "webauthn",
        "passkey",
    ];
    body.ensure_method("profile", &known, "settings", Message::NO_SETTINGS_STRATEGY)?;
    let decoded = decoder::decode(body.member("traits"), &state.paths)?;
    ui.show(&decoded.shown());
    let traits = validated(state.schema, decoded)?;
    browser::ensure_client(state, request, flow, &body.text("csrf_token"))?;
    let derived = Derived::of(state.schema, &traits);
    let session = &state.sessions[session];
    let person = &state.people[session.person];
    if session.is_old && person.needs_privilege(&derived) {
        let url = request.url(&state.base);
        return Err(Refusal::old_session(&state.base, &url).into());
    }
    if derived.identifiers.has_empty() {
        return Err(Refusal::empty_identifier().into());
    }
    if state.is_taken(&derived, Some(session.person)) {
        return Err(Failure::General(Message::IDENTIFIER_TAKEN));
    }
    let addresses = person.new_addresses(&derived);
    if state.verify_new_addresses && !addresses.is_empty() {
        return Ok(Done::Parked(addresses));
    }
    let person = session.person;
    state.people[person].change(traits, derived);
    Ok(Done::Saved(addresses))
}

/// The answer to a saved change. Kratos creates a new flow and shows its form in the old flow, so
/// `ui.action` has the id of the new one.
fn saved(
    state: &mut State,
    request: &Request,
    (session, flow): (usize, usize),
    addresses: &[String],
) -> Response<Vec<u8>> {
    if let Some(person) = state.flows[flow].owner {
        let client = Client::of(&state.flows[flow], state, request);
        let new = fresh(state, request.url(&state.base), person).made_for(client);
        state.flows[flow].ui = new.ui.clone();
        state.flows.push(new);
    }
    state.flows[flow].ui.add_message(Message::SAVED);
    state.flows[flow].state = "success";
    let mut continue_with: Vec<Value> = addresses
        .iter()
        .map(|one| show_verification_ui(one))
        .collect();
    let old = &state.flows[flow];
    if old.client == Client::Native {
        return reply::ok(&state.flow_json(flow, &continue_with));
    }
    let place = return_to(old.request_url()).unwrap_or_else(|| page(old));
    continue_with.push(redirect_browser_to(&place));
    let mut reply = reply::ok(&state.flow_json(flow, &continue_with));
    browser::set_session_cookie(&mut reply, &state.sessions[session]);
    reply
}

/// The answer of the hook `verify_new_address`: status 200, without a change.
fn parked(state: &mut State, flow: usize, mut ui: Ui, addresses: &[String]) -> Response<Vec<u8>> {
    let continue_with = match addresses {
        [address] => vec![show_verification_ui(address)],
        _ => {
            ui.add_message(Message::TOO_MANY_ADDRESS_CHANGES);
            Vec::new()
        }
    };
    state.flows[flow].ui = ui;
    reply::ok(&state.flow_json(flow, &continue_with))
}
