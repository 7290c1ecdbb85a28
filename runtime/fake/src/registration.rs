//! The native registration flow: method `password`, with the hook `session`.

use http::Response;
use kratos_traits::RawTraits;
use serde::Serialize;
use serde_json::{Value, json};

use super::decoder;
use super::flow::{self, Failure, Flow, Kind};
use super::identifiers::Derived;
use super::person::{IdentityJson, Person};
use super::refusal::Refusal;
use super::reply::{self, Answer, show_verification_ui};
use super::request::{Body, Request};
use super::session::{Session, SessionJson};
use super::state::State;
use super::ui::{Message, Ui};
use super::validation::validated;

/// Kratos's default minimum length of a password.
const PASSWORD_LENGTH: usize = 8;

/// `GET /self-service/registration/api`
pub(super) fn create(state: &mut State, request: &Request) -> Answer {
    ensure_logged_out(state, request)?;
    let flow = fresh(state, request.url(&state.base));
    Ok(state.open(flow))
}

/// A flow with an empty form.
pub(super) fn fresh(state: &State, url: String) -> Flow {
    let ui = Ui::registration(state.schema, &state.paths);
    Flow::new(&state.base, Kind::Registration, None, url, ui)
}

/// `POST /self-service/registration?flow=`
pub(super) fn submit(state: &mut State, request: &Request) -> Answer {
    ensure_logged_out(state, request)?;
    let flow = state
        .flow(request, "flow", |kind| kind == Kind::Registration)?
        .ok_or_else(Refusal::unknown_resource)?;
    flow::refuse_expired(state, request, flow)?;
    let mut blank = state.flows[flow].ui.clone();
    blank.clear_messages();
    let mut ui = blank.clone();
    match read(state, request, &mut ui) {
        Ok(new) => match create_person(state, new) {
            Ok(person) => Ok(registered(state, request, person)),
            // The form does not show the submitted values if only the database refuses them.
            Err(failure) => failure.answer(state, flow, blank),
        },
        Err(failure) => failure.answer(state, flow, ui),
    }
}

fn ensure_logged_out(state: &State, request: &Request) -> Result<(), Refusal> {
    match state.session(request) {
        None => Ok(()),
        Some(_) => Err(Refusal::already_logged_in(
            "A valid session was detected and thus registration is not possible.",
        )),
    }
}

/// A valid submit of the form.
struct NewPerson {
    password: String,
    traits: RawTraits,
    derived: Derived,
}

/// Reads and validates the form.
fn read(state: &State, request: &Request, ui: &mut Ui) -> Result<NewPerson, Failure> {
    let body = Body::read(request)?;
    let decoded = decoder::decode(body.member("traits"), &state.paths)?;
    let shown = decoded.shown();
    let traits = validated(state.schema, decoded).inspect_err(|_| ui.show_known(&shown))?;
    let known = ["profile", "code", "oidc", "saml", "webauthn", "passkey"];
    let unknown = Message::NO_REGISTRATION_STRATEGY;
    body.ensure_method("password", &known, "registrations", unknown)?;
    ui.show_known(&shown);
    request.ensure_native()?;
    let password = body.text("password");
    if password.is_empty() {
        return Err(Failure::input("password", Message::required("password")));
    }
    let derived = Derived::of(state.schema, &traits);
    if derived.identifiers.password.is_empty() {
        return Err(Failure::General(Message::NO_IDENTIFIER));
    }
    // Kratos counts bytes.
    if password.len() < PASSWORD_LENGTH {
        let message = Message::password_too_short(PASSWORD_LENGTH, password.len());
        return Err(Failure::input("password", message));
    }
    Ok(NewPerson {
        password,
        traits,
        derived,
    })
}

/// Checks the identifiers, as Kratos's database does.
fn create_person(state: &State, new: NewPerson) -> Result<Person, Failure> {
    if new.derived.identifiers.has_empty() {
        return Err(Refusal::empty_identifier().into());
    }
    if state.is_taken(&new.derived, None) {
        return Err(Failure::General(Message::IDENTIFIER_TAKEN));
    }
    Ok(Person::new(new.password, new.traits, new.derived))
}

#[derive(Serialize)]
struct Registered<'a> {
    session_token: &'a str,
    session: SessionJson<'a>,
    identity: IdentityJson<'a>,
    continue_with: Vec<Value>,
}

fn registered(state: &mut State, request: &Request, person: Person) -> Response<Vec<u8>> {
    let session = Session::new(state.people.len(), request, "password");
    let mut continue_with: Vec<Value> = person.addresses().map(show_verification_ui).collect();
    continue_with.push(json!({
        "action": "set_ory_session_token",
        "ory_session_token": session.token,
    }));
    let reply = reply::ok(&Registered {
        session_token: &session.token,
        session: session.json(Some(person.json(&state.base))),
        identity: person.json(&state.base),
        continue_with,
    });
    state.people.push(person);
    state.sessions.push(session);
    reply
}
