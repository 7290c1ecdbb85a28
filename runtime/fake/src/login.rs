//! The login flow: method `password`, for a new session or for a fresh look at one.

use http::{Response, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::body::Body;
use super::browser::{self, Client};
use super::error::Refusal;
use super::expired;
use super::failure::Failure;
use super::flow::{self, Flow, Kind, Life, Login};
use super::identifiers::normalized;
use super::login_code;
use super::reply;
use super::request::Request;
use super::second_factor;
use super::server::Fake;
use super::session::{Session, SessionJson};
use super::state::{Answer, State, redirect_browser_to};
use super::ui::{Group, Message, Node, Ui};
use kratos_traits::{Role, Schema};

const LOGGED_IN: &str = "A valid session was detected and thus login is not possible. \
                         Did you forget to set `?refresh=true`?";

/// `GET /self-service/login/api`, or `…/browser`
pub(super) fn create(state: &mut State, request: &Request, client: Client) -> Answer {
    let session = state.session(request);
    let second = request.query("aal").is_some_and(|level| level != "aal1");
    let kind = match (session, request.query("refresh")) {
        (None, _) if second => return Err(Refusal::first_factor_first()),
        (None, _) => Login::First,
        (Some(session), _) if second && !state.sessions[session].has_second_factor() => {
            Login::SecondFactor
        }
        (Some(_), Some("true")) => Login::Refresh,
        (Some(_), _) => return Err(Refusal::logged_in_already(LOGGED_IN)),
    };
    let person = session.map(|session| state.sessions[session].person);
    let flow = fresh(state, request.url(&state.base), kind, person).made_for(client);
    let reply = reply::json(StatusCode::OK, &flow.json(None, &[]));
    state.flows.push(flow);
    Ok(reply)
}

/// A flow with a form for this person, if it is known who it is.
pub(super) fn fresh(state: &State, url: String, login: Login, person: Option<usize>) -> Flow {
    let kind = Kind::Login(login);
    let (id, action) = flow::fresh_id(&state.base, kind);
    if login == Login::SecondFactor {
        let ui = second_factor::form(action);
        return Flow::new(kind, None, url, id, ui);
    }
    // Where codes are sent, Kratos forgets whose login it is.
    let person = person.filter(|_| !state.logins_by_code);
    let known = person.and_then(|person| state.people[person].identifiers.password.first());
    let identifier = match known {
        Some(identifier) => Node::known_identifier(identifier),
        None => Node::identifier(identifier_label(state.schema)),
    };
    let button = match login {
        Login::First => Message::label(1_010_022, "Sign in with password"),
        Login::Refresh | Login::SecondFactor => Message::label(1_010_001, "Sign in"),
    };
    let mut nodes = vec![Node::csrf_token(), identifier];
    if state.logins_by_code {
        let button = Message::label(1_010_015, "Send sign in code");
        nodes.push(Node::submit(Group::Code, "code", button));
    }
    nodes.push(Node::password());
    nodes.push(Node::submit(Group::Password, "password", button));
    let mut ui = Ui::new(action, nodes);
    if login == Login::Refresh {
        ui.say(Message::confirm_it_is_you());
    }
    Flow::new(kind, None, url, id, ui)
}

/// The title of the trait that identifies a person.
fn identifier_label(schema: &Schema) -> Message {
    let json: Option<serde_json::Value> = serde_json::from_str(schema.json).ok();
    let title = json.and_then(|json| {
        (schema.traits.iter())
            .filter(|facts| facts.roles.contains(&Role::PasswordIdentifier))
            .find_map(|facts| {
                let path = facts.path.join("/properties/");
                let title = json.pointer(&format!("/properties/traits/properties/{path}/title"))?;
                title.as_str().map(str::to_owned)
            })
    });
    match title {
        Some(title) => Message::label_from_title(&title),
        None => Message::label(1_070_004, "ID"),
    }
}

/// `POST /self-service/login?flow=`
pub(super) fn submit(state: &mut State, request: &Request) -> Answer {
    let flow = state
        .flow(request, "flow", |kind| matches!(kind, Kind::Login(_)))?
        .ok_or_else(Refusal::unknown_resource)?;
    let session = state.session(request);
    let mut ui = state.flows[flow].ui.clone();
    ui.clear_messages();
    // Nothing takes the place of a login that expired while its person is logged in.
    let expired = matches!(state.flows[flow].life, Life::Expired(_));
    let done = match (state.flows[flow].kind, session) {
        (Kind::Login(Login::SecondFactor), None) => return Err(Refusal::first_factor_first()),
        (Kind::Login(Login::SecondFactor), Some(at)) => state.sessions[at].has_second_factor(),
        (kind, Some(_)) => kind == Kind::Login(Login::First),
        (_, None) => false,
    };
    if done || (session.is_some() && expired) {
        return Failure::reason(LOGGED_IN).answer(state, flow, ui);
    }
    expired::refuse(state, request, flow)?;
    if let (Kind::Login(Login::SecondFactor), Some(session)) = (state.flows[flow].kind, session) {
        return match second_factor::attempt(state, flow, request) {
            Ok(()) => {
                state.sessions[session].add_second_factor();
                Ok(shown(state, flow, session, Token::Kept))
            }
            Err(failure) => failure.answer(state, flow, ui),
        };
    }
    let by_code = Body::read(request).is_ok_and(|body| body.text("method") == "code");
    let (method, person) = if by_code && state.logins_by_code {
        ("code", login_code::attempt(state, flow, request, &mut ui))
    } else {
        ("password", attempt(state, request, flow, &mut ui))
    };
    match person {
        Ok(person) => Ok(logged_in(state, request, flow, session, (person, method))),
        Err(failure) => failure.answer(state, flow, ui),
    }
}

fn attempt(state: &State, request: &Request, flow: usize, ui: &mut Ui) -> Result<usize, Failure> {
    let body = Body::read(request)?;
    match body.text("method").as_str() {
        "password" => {}
        method @ ("oidc" | "saml" | "totp" | "lookup_secret" | "webauthn" | "passkey") => {
            let what = format!("the method {method} in logins");
            return Err(Failure::Refused(Refusal::not_played(&what)));
        }
        _ => return Err(Failure::General(Message::no_login_strategy())),
    }
    let identifier = body.text("identifier");
    let password = body.text("password");
    ui.show_identifier(&identifier);
    let missing: Vec<_> = [("identifier", &identifier), ("password", &password)]
        .into_iter()
        .filter(|(_, text)| text.is_empty())
        .map(|(name, _)| (name, Message::required(name)))
        .collect();
    if !missing.is_empty() {
        return Err(Failure::Inputs(missing));
    }
    browser::ensure_client(state, request, flow, &body.text("csrf_token"))?;
    let identifier = normalized(&identifier);
    (state.people.iter())
        .position(|person| {
            person.identifiers.password.contains(&identifier) && person.password == password
        })
        .ok_or_else(|| Failure::General(Message::wrong_credentials()))
}

#[derive(Serialize)]
struct LoggedIn<'a> {
    /// A browser gets a cookie instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    session_token: Option<&'a str>,
    session: SessionJson<'a>,
    continue_with: Value,
}

/// The same person keeps the session; anybody else gets a new one.
fn logged_in(
    state: &mut State,
    request: &Request,
    flow: usize,
    session: Option<usize>,
    (person, method): (usize, &'static str),
) -> Response<Vec<u8>> {
    let same = session.filter(|session| state.sessions[*session].person == person);
    if let Some(session) = same {
        state.sessions[session].refresh(method);
        return shown(state, flow, session, Token::Kept);
    }
    state.sessions.push(Session::new(person, request, method));
    shown(state, flow, state.sessions.len() - 1, Token::Fresh)
}

/// What becomes of a browser's token against forged forms: another session has another one.
#[derive(PartialEq, Eq)]
enum Token {
    Kept,
    Fresh,
}

/// The session of a person who is logged in; the person is not shown while a factor is missing.
fn shown(state: &State, flow: usize, session: usize, token: Token) -> Response<Vec<u8>> {
    let native = state.flows[flow].client == Client::Native;
    let lacks = state.lacks_second_factor(session);
    let shown = &state.sessions[session];
    let person = &state.people[shown.person];
    let mut reply = reply::json(
        StatusCode::OK,
        &LoggedIn {
            session_token: native.then_some(&shown.token),
            session: shown.json((!lacks).then(|| person.json(&state.base))),
            continue_with: if native {
                Value::Null
            } else {
                json!([redirect_browser_to(&format!("{}/", Fake::RETURN_URL))])
            },
        },
    );
    if !native {
        if token == Token::Fresh {
            browser::renew_csrf_cookie(state, &mut reply);
        }
        browser::set_session_cookie(&mut reply, &state.sessions[session]);
    }
    reply
}
