//! Answers of Kratos, read by the public API through a scripted HTTP client.
//!
//! An input is a list of answers between lines `----`. An answer is a status, headers, an empty line and a body, each header on
//! a line:
//!
//! ```text
//! 503
//! Retry-After: 5
//!
//! {"error": {"code": 503}}
//! ```

use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use kratos_traits::client::{BlockingHttpClient, Limits, SendError};
use kratos_traits::forecast::ServerFacts;
use kratos_traits::login::CodeSent;
use kratos_traits::settings::PendingData;
use kratos_traits::{
    AdminOutcome, BrowserCookies, IdentityTraits, LoginOutcome, Outcome, Pending, RawTraits,
    SessionToken, SettingsUpdate, blocking,
};

use crate::SEPARATOR;
use crate::customer::CustomerTraits;

/// The settings flow: updates, a resumed change, a forecast.
pub fn settings(input: &[u8]) {
    let answers = answers(input);
    let client = || client(&answers);
    let session = session_token();
    end(client().settings(&session).update(&rename()));
    let change = ChangeEmail {
        email: "ada@example.org",
    };
    end(client().settings(&session).update(&change));
    let base = RawTraits::parse(r#"{"email":"old@example.org","nickname":"Ada"}"#);
    let base = base.expect("an object");
    end(client()
        .settings(&session)
        .based_on(&base)
        .update(&rename()));
    let mut cookies = BrowserCookies::new(["csrf_token_1=x; ory_kratos_session=y"]);
    end(client().settings(&mut cookies).update(&change));
    shown(&cookies);
    let server = ServerFacts::new(Duration::from_secs(3600));
    let client = client();
    let forecast = client.settings(&session);
    shown(&forecast.forecast(&change, &server, SystemTime::UNIX_EPOCH));
}

/// `GET /sessions/whoami`.
pub fn session(input: &[u8]) {
    shown(&client(&answers(input)).whoami::<CustomerTraits>(&session_token()));
}

/// Logins with each method.
pub fn login(input: &[u8]) {
    let answers = answers(input);
    let client = || client(&answers);
    let session = session_token();
    shown(&client().login_with_password("ada@example.org", "a password"));
    shown(&client().login(&session).refresh_choices());
    shown(&client().login(&session).second_factor_choices());
    shown(&client().login(&session).refresh_with_password("a password"));
    shown(&client().login(&session).second_factor_totp("123456"));
    shown(&client().login(&session).second_factor_lookup("12345678"));
    let sent = client().login(&session).refresh_with_code();
    shown(&sent);
    if let Ok(LoginOutcome::CodeSent(sent)) = sent {
        let stored = serde_json::to_string(&sent).expect("JSON");
        let sent: CodeSent = serde_json::from_str(&stored).expect("what was written is read");
        shown(&client().login(&session).submit_code(&sent, "123456"));
        shown(&client().login(&session).resend_code(&sent));
    }
}

/// The admin API: identities, and updates.
pub fn admin(input: &[u8]) {
    let answers = answers(input);
    let client = || {
        let client = blocking::AdminClient::with(Script::new(&answers), "http://127.0.0.1:4434");
        client.expect("a URL").without_retries()
    };
    let id = "0b9cbd3b-2f5e-4a39-9d1a-7c6b5a4f3e2d";
    shown(&client().identity::<CustomerTraits>(id));
    shown(&client().identity_by_identifier::<CustomerTraits>("ada@example.org"));
    shown(&client().edit(id).update(&rename()));
    let change = ChangeEmail {
        email: "ada@example.org",
    };
    let outcome = client().edit(id).update_privileged(&change);
    if let Ok(AdminOutcome::Invalid(invalid)) = &outcome {
        let _ = (invalid.stored(), invalid.caused());
    }
    shown(&outcome);
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    nickname: Option<Option<String>>,
    newsletter: Option<bool>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits, privileged)]
struct ChangeEmail<'a> {
    email: &'a str,
}

fn rename() -> Rename {
    Rename {
        nickname: Some(Some("Countess".to_owned())),
        newsletter: Some(true),
    }
}

/// Uses everything that an outcome has.
fn end(result: Result<Outcome<CustomerTraits>, kratos_traits::Error>) {
    shown(&result);
    match result {
        Ok(Outcome::Invalid(invalid)) => {
            let _ = (invalid.stored(), invalid.caused());
        }
        Ok(
            Outcome::ReauthenticationRequired(pending)
            | Outcome::SecondFactorRequired(pending)
            | Outcome::BrowserRedirectRequired(pending)
            | Outcome::SessionInactive(pending)
            | Outcome::FlowExpired(pending),
        ) => {
            let text = serde_json::to_vec(&pending.to_plaintext()).expect("JSON");
            let stored: PendingData =
                serde_json::from_slice(&text).expect("what was written is read");
            assert!(Pending::<CustomerTraits>::try_from(stored).is_ok());
        }
        Ok(Outcome::Saved(saved)) => {
            let _ = saved.is_as_sent();
            let _ = CustomerTraits::schema().check(saved.identity.traits.raw());
        }
        Ok(_) => {}
        Err(error) => {
            let _ = (error.to_string(), error.may_have_been_saved());
        }
    }
}

fn shown(value: &impl Debug) {
    let _ = format!("{value:?}");
}

fn session_token() -> SessionToken {
    SessionToken::new("ory_st_0123456789abcdefghijABCDEFGHIJ").expect("a token")
}

fn client(answers: &[Response<Vec<u8>>]) -> blocking::Client {
    let client = blocking::Client::with(Script::new(answers), "http://127.0.0.1:4433");
    client.expect("a URL").without_retries()
}

/// Reads the answers of an input.
fn answers(input: &[u8]) -> Vec<Response<Vec<u8>>> {
    let parts = split(input, SEPARATOR.as_bytes());
    // More are not read by any call.
    parts.into_iter().take(6).map(answer).collect()
}

fn split<'i>(mut input: &'i [u8], separator: &[u8]) -> Vec<&'i [u8]> {
    let mut parts = Vec::new();
    while let Some((part, rest)) = split_once(input, separator) {
        parts.push(part);
        input = rest;
    }
    parts.push(input);
    parts
}

fn split_once<'i>(input: &'i [u8], separator: &[u8]) -> Option<(&'i [u8], &'i [u8])> {
    let mut windows = input.windows(separator.len());
    let at = windows.position(|window| window == separator)?;
    Some((&input[..at], &input[at + separator.len()..]))
}

fn answer(part: &[u8]) -> Response<Vec<u8>> {
    let (head, body) = split_once(part, b"\n\n").unwrap_or((b"", part));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.trim().parse().ok());
    let mut headers = HeaderMap::new();
    for line in lines {
        if let Some((name, value)) = line.split_once(':')
            && let Ok(name) = name.parse::<HeaderName>()
            && let Ok(value) = value.trim().parse::<HeaderValue>()
        {
            headers.append(name, value);
        }
    }
    let mut answer = Response::new(body.to_vec());
    *answer.status_mut() = status
        .and_then(|status: u16| status.try_into().ok())
        .unwrap_or_default();
    *answer.headers_mut() = headers;
    answer
}

/// An HTTP client that gives these answers, one a request.
struct Script(Mutex<VecDeque<Response<Vec<u8>>>>);

impl Script {
    fn new(answers: &[Response<Vec<u8>>]) -> Self {
        Self(Mutex::new(answers.iter().cloned().collect()))
    }
}

impl BlockingHttpClient for Script {
    fn send(&self, _: Request<Vec<u8>>, _: &Limits) -> Result<Response<Vec<u8>>, SendError> {
        let answer = self.0.lock().expect("no panic before").pop_front();
        answer.ok_or_else(|| SendError::no_answer("no more answers"))
    }
}
