//! Browsers: the session cookie, and the cookie and token against forged forms (CSRF).
//!
//! Source: K-settings-5, `x/nosurf.go`, `session/manager_http.go` and `selfservice/flow/request.go` of Kratos.

use http::header::SET_COOKIE;
use http::{HeaderValue, Response};

use super::flow::{Failure, Flow};
use super::ids;
use super::refusal::Refusal;
use super::reply::Answer;
use super::request::Request;
use super::session::Session;
use super::state::State;

/// Kratos's default name of the session cookie.
const SESSION_COOKIE: &str = "ory_kratos_session";

/// The length of the random prefix of a session cookie or CSRF token.
const MASK: usize = 8;
const CSRF_COOKIE: usize = 44;
const SESSION_SECONDS: u32 = 24 * 3600;

/// The kind of client that a flow is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Client {
    Native,
    /// With the value of its CSRF cookie; empty if it has none.
    Browser(String),
}

impl Client {
    /// The client that sends the request, of the kind that the flow was made for.
    pub(super) fn of(flow: &Flow, state: &State, request: &Request) -> Self {
        match flow.client {
            Self::Native => Self::Native,
            Self::Browser(_) => Self::Browser(csrf_cookie(state, request).unwrap_or_default()),
        }
    }

    /// The name of the kind of flow.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Native => "api",
            Self::Browser(_) => "browser",
        }
    }

    /// A CSRF token for a form; it differs each time, also for the same cookie.
    pub(super) fn csrf_token(&self) -> String {
        match self {
            Self::Browser(cookie) if !cookie.is_empty() => ids::letters(MASK) + cookie,
            Self::Browser(_) | Self::Native => String::new(),
        }
    }
}

/// Answers a browser, and sets the CSRF cookie if the request has none.
pub(super) fn with_csrf_cookie(
    state: &mut State,
    request: &Request,
    answer: impl FnOnce(&mut State, Client) -> Answer,
) -> Answer {
    let held = csrf_cookie(state, request);
    let cookie = held.clone().unwrap_or_else(|| ids::letters(CSRF_COOKIE));
    let mut reply = answer(state, Client::Browser(cookie.clone())).unwrap_or_else(Refusal::reply);
    if held.is_none() {
        set_csrf_cookie(state, &mut reply, &cookie);
    }
    Ok(reply)
}

/// Refuses a submit that does not come from the client that the flow was made for.
pub(super) fn ensure_client(
    state: &State,
    request: &Request,
    flow: usize,
    csrf_token: &str,
) -> Result<(), Failure> {
    match Client::of(&state.flows[flow], state, request) {
        Client::Native => request.ensure_native(),
        Client::Browser(cookie)
            if !cookie.is_empty() && csrf_token.get(MASK..) == Some(cookie.as_str()) =>
        {
            Ok(())
        }
        Client::Browser(_) => Err(Refusal::csrf_violation().into()),
    }
}

/// Sets a new CSRF cookie, as Kratos does for a new session.
pub(super) fn renew_csrf_cookie(state: &State, reply: &mut Response<Vec<u8>>) {
    set_csrf_cookie(state, reply, &ids::letters(CSRF_COOKIE));
}

/// Sets the session cookie. Like Kratos's encrypted cookies, each value is different.
pub(super) fn set_session_cookie(reply: &mut Response<Vec<u8>>, session: &Session) {
    let value = ids::letters(MASK) + &session.token;
    set(reply, SESSION_COOKIE, &value, SESSION_SECONDS);
}

/// The session token in the cookie of a request.
pub(super) fn session_token(request: &Request) -> Option<&str> {
    request.cookie(SESSION_COOKIE)?.get(MASK..)
}

fn csrf_cookie(state: &State, request: &Request) -> Option<String> {
    let value = request.cookie(&state.csrf_cookie)?;
    (value.len() == CSRF_COOKIE).then(|| value.to_owned())
}

fn set_csrf_cookie(state: &State, reply: &mut Response<Vec<u8>>, value: &str) {
    set(reply, &state.csrf_cookie, value, 31_536_000);
}

fn set(reply: &mut Response<Vec<u8>>, name: &str, value: &str, seconds: u32) {
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        reply.headers_mut().append(SET_COOKIE, cookie);
    }
}
