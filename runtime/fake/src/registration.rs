//! The native registration flow: method `password`, with the hook `session`.

use http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use super::body::Body;
use super::error::Refusal;
use super::expired;
use super::failure::Failure;
use super::flow::{self, Flow, Kind};
use super::identifiers::Derived;
use super::injection;
use super::person::{IdentityJson, Person};
use super::reply;
use super::request::Request;
use super::session::{Session, SessionJson};
use super::state::{Answer, State, show_verification_ui};
use super::ui::{Message, Ui};
use super::validation::validated;
use kratos_traits::RawTraits;

/// What Kratos asks of a password unless it is told otherwise.
const PASSWORD_LENGTH: usize = 8;

/// `GET /self-service/registration/api`
pub(super) fn create(state: &mut State, request: &Request) -> Answer {
    nobody_is_logged_in(state, request)?;
    let flow = fresh(state, request.url(&state.base));
    let reply = reply::json(StatusCode::OK, &flow.json(None, &[]));
    state.flows.push(flow);
    Ok(reply)
}

/// A flow with an empty form.
pub(super) fn fresh(state: &State, url: String) -> Flow {
    let (id, action) = flow::fresh_id(&state.base, Kind::Registration);
    let ui = Ui::registration(action, state.schema, &state.paths);
    Flow::new(Kind::Registration, None, url, id, ui)
}

/// `POST /self-service/registration?flow=`
pub(super) fn submit(state: &mut State, request: &Request) -> Answer {
    nobody_is_logged_in(state, request)?;
    let flow = state
        .flow(request, "flow", |kind| kind == Kind::Registration)?
        .ok_or_else(Refusal::unknown_resource)?;
    expired::refuse(state, request, flow)?;
    let mut blank = state.flows[flow].ui.clone();
    blank.clear_messages();
    let mut ui = blank.clone();
    match applicant(state, request, &mut ui) {
        Ok(applicant) => match admit(state, applicant) {
            Ok(person) => Ok(registered(state, request, person)),
            // The form does not show what was submitted when only the database refuses it.
            Err(failure) => failure.answer(state, flow, blank),
        },
        Err(failure) => failure.answer(state, flow, ui),
    }
}

fn nobody_is_logged_in(state: &State, request: &Request) -> Result<(), Refusal> {
    match state.session(request) {
        None => Ok(()),
        Some(_) => Err(Refusal::logged_in_already(
            "A valid session was detected and thus registration is not possible.",
        )),
    }
}

/// Who asks to be registered.
struct Applicant {
    password: String,
    traits: RawTraits,
    derived: Derived,
}

/// Reads the form.
fn applicant(state: &State, request: &Request, ui: &mut Ui) -> Result<Applicant, Failure> {
    let body = Body::read(request)?;
    let decoded = injection::decode(body.member("traits"), &state.paths)?;
    let shown = decoded.shown();
    let traits = validated(state.schema, decoded).inspect_err(|_| ui.show_known(&shown))?;
    match body.text("method").as_str() {
        "password" => ui.show_known(&shown),
        method @ ("profile" | "code" | "oidc" | "saml" | "webauthn" | "passkey") => {
            let what = format!("the method {method} in registrations");
            return Err(Failure::Refused(Refusal::not_played(&what)));
        }
        _ => return Err(Failure::General(Message::no_registration_strategy())),
    }
    if let Some(reason) = request.looks_like_a_browser() {
        return Err(Failure::reason(&reason));
    }
    let password = body.text("password");
    if password.is_empty() {
        return Err(Failure::input("password", Message::required("password")));
    }
    let derived = Derived::of(state.schema, &traits);
    if derived.identifiers.password.is_empty() {
        return Err(Failure::General(Message::no_identifier()));
    }
    // Kratos counts bytes.
    if password.len() < PASSWORD_LENGTH {
        let message = Message::password_too_short(PASSWORD_LENGTH, password.len());
        return Err(Failure::input("password", message));
    }
    Ok(Applicant {
        password,
        traits,
        derived,
    })
}

/// Asks the database.
fn admit(state: &State, applicant: Applicant) -> Result<Person, Failure> {
    let Applicant {
        password,
        traits,
        derived,
    } = applicant;
    if derived.identifiers.has_empty() {
        return Err(Failure::Refused(Refusal::empty_identifier()));
    }
    if state.is_taken(&derived, None) {
        return Err(Failure::General(Message::identifier_taken()));
    }
    Ok(Person::new(password, traits, derived))
}

#[derive(Serialize)]
struct Registered<'a> {
    session_token: &'a str,
    session: SessionJson<'a>,
    identity: IdentityJson<'a>,
    continue_with: Vec<Value>,
}

fn registered(state: &mut State, request: &Request, person: Person) -> http::Response<Vec<u8>> {
    let session = Session::new(state.people.len(), request, "password");
    let mut continue_with: Vec<Value> = person.addresses().map(show_verification_ui).collect();
    continue_with.push(json!({
        "action": "set_ory_session_token",
        "ory_session_token": session.token,
    }));
    let reply = reply::json(
        StatusCode::OK,
        &Registered {
            session_token: &session.token,
            session: session.json(Some(person.json(&state.base))),
            identity: person.json(&state.base),
            continue_with,
        },
    );
    state.people.push(person);
    state.sessions.push(session);
    reply
}
