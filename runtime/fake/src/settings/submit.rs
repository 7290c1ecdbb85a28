//! `POST /self-service/settings?flow=`

use http::{Response, StatusCode};
use serde_json::Value;

use super::{fresh, page, return_to, session};
use crate::body::Body;
use crate::browser::{self, Client};
use crate::error::Refusal;
use crate::expired;
use crate::failure::Failure;
use crate::flow::Kind;
use crate::identifiers::Derived;
use crate::injection;
use crate::reply;
use crate::request::Request;
use crate::session::Login;
use crate::state::{Answer, NewAddresses, State, redirect_browser_to, show_verification_ui};
use crate::ui::{Message, Ui};
use crate::validation::validated;

/// What a submit that is not refused comes to, with the addresses that are new.
enum Done {
    Saved(Vec<String>),
    /// Nothing is changed before the address is verified.
    Parked(Vec<String>),
}

/// `POST /self-service/settings?flow=`
pub(crate) fn submit(state: &mut State, request: &Request) -> Answer {
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
    expired::refuse(state, request, flow)?;
    if state.flows[flow].owner != Some(state.sessions[session].person) {
        return Err(Refusal::someone_else(
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
    match body.text("method").as_str() {
        "profile" => {}
        method @ ("password" | "oidc" | "saml" | "totp" | "lookup_secret" | "webauthn"
        | "passkey") => {
            let what = format!("the method {method} in settings");
            return Err(Failure::Refused(Refusal::not_played(&what)));
        }
        _ => return Err(Failure::General(Message::no_settings_strategy())),
    }
    let decoded = injection::decode(body.member("traits"), &state.paths)?;
    ui.show(&decoded.shown());
    let traits = validated(state.schema, decoded)?;
    browser::ensure_client(state, request, flow, &body.text("csrf_token"))?;
    let derived = Derived::of(state.schema, &traits);
    let session = &state.sessions[session];
    let person = &state.people[session.person];
    if session.login == Login::Old && person.needs_privilege(&derived) {
        let url = request.url(&state.base);
        return Err(Failure::Refused(Refusal::old_session(&state.base, &url)));
    }
    if derived.identifiers.has_empty() {
        return Err(Failure::Refused(Refusal::empty_identifier()));
    }
    if state.is_taken(&derived, Some(session.person)) {
        return Err(Failure::General(Message::identifier_taken()));
    }
    let addresses = person.new_addresses(&derived);
    if state.addresses == NewAddresses::OnceVerified && !addresses.is_empty() {
        return Ok(Done::Parked(addresses));
    }
    let person = session.person;
    state.people[person].change(traits, derived);
    Ok(Done::Saved(addresses))
}

/// Kratos makes a whole new flow for the form of the old one, so `ui.action` leads to that one.
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
    state.flows[flow].ui.say(Message::saved());
    state.flows[flow].state = "success";
    let mut continue_with: Vec<Value> = addresses
        .iter()
        .map(|one| show_verification_ui(one))
        .collect();
    let old = &state.flows[flow];
    if old.client == Client::Native {
        return reply::json(StatusCode::OK, &state.flow_json(flow, &continue_with));
    }
    let place = return_to(old.request_url()).unwrap_or_else(|| page(old));
    continue_with.push(redirect_browser_to(&place));
    let mut reply = reply::json(StatusCode::OK, &state.flow_json(flow, &continue_with));
    browser::set_session_cookie(&mut reply, &state.sessions[session]);
    reply
}

/// The hook `verify_new_address`: status 200, and nothing is changed.
fn parked(state: &mut State, flow: usize, mut ui: Ui, addresses: &[String]) -> Response<Vec<u8>> {
    let continue_with = match addresses {
        [address] => vec![show_verification_ui(address)],
        _ => {
            ui.say(Message::too_many_address_changes());
            Vec::new()
        }
    };
    state.flows[flow].ui = ui;
    reply::json(StatusCode::OK, &state.flow_json(flow, &continue_with))
}
