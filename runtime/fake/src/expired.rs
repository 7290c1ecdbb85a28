//! A flow that was submitted too late: Kratos makes another in its place.

use super::browser::Client;
use super::error::Refusal;
use super::flow::{Kind, Life};
use super::request::Request;
use super::state::State;
use super::ui::Message;
use super::{login, registration, settings};

/// Refuses a flow that has expired.
pub(super) fn refuse(state: &mut State, request: &Request, flow: usize) -> Result<(), Refusal> {
    let old = &state.flows[flow];
    let Life::Expired(at) = old.life else {
        return Ok(());
    };
    let url = old.request_url().to_owned();
    let client = Client::of(old, state, request);
    let (mut fresh, message) = match (old.kind, old.owner) {
        (Kind::Settings, Some(person)) => (
            settings::fresh(state, url, person),
            Message::flow_expired(4_050_001, "settings", at),
        ),
        (Kind::Login(kind), _) => (
            login::fresh(state, url, kind, None),
            Message::flow_expired(4_010_001, "login", at),
        ),
        _ => (
            registration::fresh(state, url),
            Message::flow_expired(4_040_001, "registration", at),
        ),
    };
    fresh.ui.say(message);
    let fresh = fresh.made_for(client);
    let use_flow_id = fresh.id.clone();
    state.flows.push(fresh);
    Err(Refusal::expired(at, use_flow_id))
}
