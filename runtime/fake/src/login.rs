//! The login flow: with a password, for a new session or to refresh one, and the second factor.

use http::Response;
use kratos_traits::{Role, Schema};
use serde::Serialize;
use serde_json::{Value, json};

use super::browser::{self, Client};
use super::flow::{self, Failure, Flow, Kind, Life, Login};
use super::identifiers::normalized;
use super::login_code;
use super::refusal::Refusal;
use super::reply::{self, Answer, redirect_browser_to};
use super::request::{Body, Request};
use super::server::Fake;
use super::session::{Session, SessionJson};
use super::settings::{may_return_to, return_to};
use super::state::State;
use super::ui::{Group, Message, Node, Ui};

/// The code that every authenticator app shows.
pub(super) const TOTP_CODE: &str = "123456";

const LOGGED_IN: &str = "A valid session was detected and thus login is not possible. \
                         Did you forget to set `?refresh=true`?";

/// `GET /self-service/login/api`, or `…/browser`
pub(super) fn create(state: &mut State, request: &Request, client: Client) -> Answer {
    let session = state.session(request);
    let second = request.query("aal").is_some_and(|level| level != "aal1");
    let kind = match (session, request.query("refresh")) {
        (None, _) if second => return Err(Refusal::first_factor_required()),
        (None, _) => Login::First,
        (Some(session), _) if second && !state.sessions[session].has_second_factor() => {
            Login::SecondFactor
        }
        (Some(_), Some("true")) => Login::Refresh,
        (Some(_), _) => return Err(Refusal::already_logged_in(LOGGED_IN)),
    };
    if let Some(url) = return_to(&request.url(&state.base)).filter(|url| !may_return_to(url)) {
        return Err(Refusal::forbidden_return(&url));
    }
    let person = session.map(|session| state.sessions[session].person);
    let flow = fresh(state, request.url(&state.base), kind, person).made_for(client);
    Ok(state.open(flow))
}

/// A flow with a form for this person, if the person is known.
pub(super) fn fresh(state: &State, url: String, login: Login, person: Option<usize>) -> Flow {
    let kind = Kind::Login(login);
    if login == Login::SecondFactor {
        return Flow::new(&state.base, kind, None, url, second_factor_form());
    }
    // With codes switched on, Kratos does not fill in the identifier.
    let person = person.filter(|_| !state.logins_by_code);
    let known = person.and_then(|person| state.people[person].identifiers.password.first());
    let identifier = match known {
        Some(identifier) => Node::known_identifier(identifier),
        None => Node::identifier(identifier_label(state.schema)),
    };
    let button = match login {
        Login::First => Message::info(1_010_022, "Sign in with password"),
        Login::Refresh | Login::SecondFactor => Message::info(1_010_001, "Sign in"),
    };
    let mut nodes = vec![Node::csrf_token(), identifier];
    if state.logins_by_code {
        let button = Message::info(1_010_015, "Send sign in code");
        nodes.push(Node::submit(Group::Code, "code", button));
    }
    nodes.push(Node::password());
    nodes.push(Node::submit(Group::Password, "password", button));
    let mut ui = Ui::new(nodes);
    if login == Login::Refresh {
        ui.add_message(Message::CONFIRM_IT_IS_YOU);
    }
    Flow::new(&state.base, kind, None, url, ui)
}

/// The label of the identifier: the title of the first trait that is one.
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
        Some(title) => Message::title(&title),
        None => Message::info(1_070_004, "ID"),
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
    // An expired login is not replaced while its person is logged in.
    let expired = matches!(state.flows[flow].life, Life::Expired(_));
    let done = match (state.flows[flow].kind, session) {
        (Kind::Login(Login::SecondFactor), None) => return Err(Refusal::first_factor_required()),
        (Kind::Login(Login::SecondFactor), Some(at)) => state.sessions[at].has_second_factor(),
        (kind, Some(_)) => kind == Kind::Login(Login::First),
        (_, None) => false,
    };
    if done || (session.is_some() && expired) {
        return Failure::reason(LOGGED_IN).answer(state, flow, ui);
    }
    flow::refuse_expired(state, request, flow)?;
    if let (Kind::Login(Login::SecondFactor), Some(session)) = (state.flows[flow].kind, session) {
        return match attempt_second_factor(state, flow, request) {
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
        ("password", attempt_password(state, request, flow, &mut ui))
    };
    match person {
        Ok(person) => Ok(logged_in(state, request, flow, session, (person, method))),
        Err(failure) => failure.answer(state, flow, ui),
    }
}

/// Checks identifier and password; returns the position of the person.
fn attempt_password(
    state: &State,
    request: &Request,
    flow: usize,
    ui: &mut Ui,
) -> Result<usize, Failure> {
    let body = Body::read(request)?;
    let known = [
        "oidc",
        "saml",
        "totp",
        "lookup_secret",
        "webauthn",
        "passkey",
    ];
    body.ensure_method("password", &known, "logins", Message::NO_LOGIN_STRATEGY)?;
    let identifier = body.text("identifier");
    let password = body.text("password");
    ui.set("identifier", identifier.as_str().into(), Group::Default);
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
        .ok_or_else(|| Failure::General(Message::WRONG_CREDENTIALS))
}

#[derive(Serialize)]
struct LoggedIn<'a> {
    /// A browser gets a cookie instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    session_token: Option<&'a str>,
    session: SessionJson<'a>,
    continue_with: Value,
}

/// Renews the session if it belongs to the same person; otherwise creates one.
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

/// Whether a browser keeps its CSRF cookie: a new session gets a new one.
#[derive(PartialEq, Eq)]
enum Token {
    Kept,
    Fresh,
}

/// The answer to a login: the session, without its person while a factor is missing.
fn shown(state: &State, flow: usize, session: usize, token: Token) -> Response<Vec<u8>> {
    let native = state.flows[flow].client == Client::Native;
    let lacks = state.lacks_second_factor(session);
    let shown = &state.sessions[session];
    let person = &state.people[shown.person];
    let mut reply = reply::ok(&LoggedIn {
        session_token: native.then_some(&shown.token),
        session: shown.json((!lacks).then(|| person.json(&state.base))),
        continue_with: if native {
            Value::Null
        } else {
            let place = return_to(state.flows[flow].request_url());
            let place = place.unwrap_or_else(|| format!("{}/", Fake::RETURN_URL));
            json!([redirect_browser_to(&place)])
        },
    });
    if !native {
        if token == Token::Fresh {
            browser::renew_csrf_cookie(state, &mut reply);
        }
        browser::set_session_cookie(&mut reply, &state.sessions[session]);
    }
    reply
}

/// The form for the code of an authenticator app.
fn second_factor_form() -> Ui {
    let button = Message::info(1_010_009, "Use Authenticator");
    let nodes = vec![
        Node::csrf_token(),
        Node::totp_code(),
        Node::submit(Group::Totp, "totp", button),
    ];
    let mut ui = Ui::new(nodes);
    ui.add_message(Message::SECOND_FACTOR_COMES_NEXT);
    ui
}

/// Checks the code of the authenticator app.
fn attempt_second_factor(state: &State, flow: usize, request: &Request) -> Result<(), Failure> {
    let body = Body::read(request)?;
    if body.text("method") == "lookup_secret" {
        return Err(Failure::General(Message::NO_LOOKUP_SECRETS));
    }
    let known = ["code", "webauthn"];
    body.ensure_method("totp", &known, "logins", Message::NO_LOGIN_STRATEGY)?;
    browser::ensure_client(state, request, flow, &body.text("csrf_token"))?;
    let typed = body.text("totp_code");
    match typed.chars().count() {
        0 => Err(Failure::input("totp_code", Message::required("totp_code"))),
        length if length < TOTP_CODE.len() => {
            let message = Message::too_short(TOTP_CODE.len(), length);
            Err(Failure::input("totp_code", message))
        }
        _ if typed != TOTP_CODE => Err(Failure::General(Message::WRONG_TOTP_CODE)),
        _ => Ok(()),
    }
}
