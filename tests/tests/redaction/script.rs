//! Answers with secrets, and the search for these in what is shown.

use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::panic;

use http::Response;
use kratos_traits::{Error, Outcome, SessionToken};
use kratos_traits_tests::recorded::json_answer;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted;
use kratos_traits_tests::updaters::{ChangeEmail, Rename};
use serde_json::{Value, json};

pub(crate) const SECRET: &str = "s3cr3t";
pub(crate) const EMAIL: &str = "s3cr3t-ada@example.org";
pub(crate) const NEW_EMAIL: &str = "s3cr3t-countess@example.org";
pub(crate) const COOKIES: &str = "csrf_token_x=s3cr3t-1; ory_kratos_session=s3cr3t-2";
pub(crate) const SET_COOKIE: &str = "ory_kratos_session=s3cr3t-3; Path=/";

pub(crate) fn assert_quiet(what: &str, shown: &str) {
    assert!(!shown.is_empty(), "{what}");
    assert!(!shown.contains(SECRET), "{what} shows it: {shown}");
}

/// As `{:?}` and `{:#?}`, and in the message of a panic.
pub(crate) fn quiet<T: Debug>(what: &str, value: T) -> T {
    assert_quiet(what, &format!("{value:?}{value:#?}"));
    let fails = panic::AssertUnwindSafe(|| unwrapped(Err(&value)));
    let panic = panic::catch_unwind(fails).unwrap_err();
    assert_quiet(what, panic.downcast_ref::<String>().unwrap());
    value
}

/// An application that expected another result.
fn unwrapped<E: Debug>(unexpected: Result<(), E>) {
    unexpected.unwrap();
}

pub(crate) fn seen<T: Debug>(what: &str, value: T) {
    drop(quiet(what, value));
}

/// An error, with all its sources.
pub(crate) fn quiet_error<E: StdError>(what: &str, error: E) {
    let error = quiet(what, error);
    let mut next: Option<&dyn StdError> = Some(&error);
    while let Some(error) = next {
        assert_quiet(what, &format!("{error} {error:?}"));
        next = error.source();
    }
}

pub(crate) fn told<T: Display>(what: &str, value: &T) {
    assert_quiet(what, &value.to_string());
}

pub(crate) fn session() -> SessionToken {
    SessionToken::new("ory_st_s3cr3t").unwrap()
}

pub(crate) fn rename() -> Rename {
    Rename {
        nickname: Some(Some("s3cr3t-nickname".to_owned())),
    }
}

pub(crate) fn change_email() -> ChangeEmail<'static> {
    ChangeEmail { email: NEW_EMAIL }
}

pub(crate) fn answer(status: u16, body: &Value) -> Response<Vec<u8>> {
    let mut answer = json_answer(status, body);
    let cookie = SET_COOKIE.parse().unwrap();
    answer.headers_mut().insert("Set-Cookie", cookie);
    answer
}

pub(crate) fn identity(email: &str) -> Value {
    json!({
        "id": "0b9cbd3b", "schema_id": "default",
        "traits": { "email": email, "name": { "first": "s3cr3t" } },
        "verifiable_addresses": [{ "value": email, "verified": true, "via": "email", "status": "completed" }],
        "recovery_addresses": [{ "value": email, "via": "email" }],
        "metadata_public": { "plan": "s3cr3t" }, "metadata_admin": { "note": "s3cr3t" },
        "credentials": { "password": { "identifiers": [email] } }
    })
}

pub(crate) fn flow(state: &str, email: &str) -> Value {
    let message = json!({ "id": 4000001, "type": "error", "text": "s3cr3t", "context": { "value": "s3cr3t" } });
    json!({
        "id": "6e2f", "state": state, "identity": identity(email), "refresh": true,
        "ui": { "messages": [message], "nodes": [
            { "group": "default", "attributes": { "name": "csrf_token", "value": "s3cr3t" } },
            { "group": "profile", "attributes": { "name": "traits.email", "value": email }, "messages": [message] },
            { "group": "password", "attributes": { "name": "identifier", "value": email }, "messages": [message] },
            { "group": "code", "attributes": { "name": "address", "value": email } }
        ] },
        "continue_with": [
            { "action": "set_ory_session_token", "ory_session_token": "ory_st_s3cr3t" },
            { "action": "show_verification_ui", "flow": { "id": "9c", "verifiable_address": email, "url": "https://example.org/s3cr3t" } },
            { "action": "redirect_browser_to", "redirect_browser_to": "https://example.org/s3cr3t" },
            { "action": "brew_coffee", "of": "s3cr3t" }
        ]
    })
}

pub(crate) fn error(id: Option<&str>) -> Value {
    let place = "https://example.org/?token=s3cr3t";
    json!({
        "error": { "id": id, "reason": "s3cr3t", "message": "s3cr3t", "debug": "s3cr3t", "details": "s3cr3t" },
        "redirect_browser_to": place
    })
}

/// The flow that answers the first request of an update.
pub(crate) fn created() -> Response<Vec<u8>> {
    answer(200, &flow("show_form", EMAIL))
}

/// How the change of the e-mail address ends when its submit gets this answer.
pub(crate) fn after_submit(last: Response<Vec<u8>>) -> Result<Outcome<CustomerTraits>, Error> {
    scripted::update(&change_email(), vec![created(), last])
}

/// The outcome of [`after_submit`], which shows nothing.
pub(crate) fn outcome(what: &str, status: u16, body: &Value) -> Outcome<CustomerTraits> {
    quiet(what, after_submit(answer(status, body)).unwrap())
}
