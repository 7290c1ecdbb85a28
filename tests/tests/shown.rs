//! What `Debug`, `Display` and panics show of all that holds traits, tokens, cookies, passwords, codes or
//! addresses: none of these. Here every such value has the same word in it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so this way"
)]

use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::ops::ControlFlow;
use std::panic;
use std::time::SystemTime;

use http::{Request, Response};
use kratos_traits::admin::{AdminUpdate, FindIdentity, Lookup, ReadIdentity};
use kratos_traits::client::{AdminApiClient, Limits, PublicClient};
use kratos_traits::exchange::{
    AdminToken, AdminUrl, BrowserCookies, Chain, Exchange, Forwarded, Native, SendError, Step,
};
use kratos_traits::flow::{InClear, LoginAttempt, SealingKey, Secret, SessionLogin, Update};
use kratos_traits::forecast::{Forecast, ServerFacts};
use kratos_traits::session::{Whoami, WhoamiOutcome};
use kratos_traits::{
    Edits, IdentityTraits, Outcome, Pending, PublicUrl, RawTraits, SessionToken, SettingsUpdate,
};
use kratos_traits_tests::scenarios::updaters::{ChangeEmail, Rename};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::{Value, json};

const SECRET: &str = "s3cr3t";
const EMAIL: &str = "s3cr3t-ada@example.org";
const NEW_EMAIL: &str = "s3cr3t-countess@example.org";
const COOKIES: &str = "csrf_token_x=s3cr3t-1; ory_kratos_session=s3cr3t-2";
const SET_COOKIE: &str = "ory_kratos_session=s3cr3t-3; Path=/";

fn assert_quiet(what: &str, shown: &str) {
    assert!(!shown.is_empty(), "{what}");
    assert!(!shown.contains(SECRET), "{what} shows it: {shown}");
}

/// As `{:?}` and `{:#?}`, and in the message of a panic.
fn quiet<T: Debug>(what: &str, value: T) -> T {
    assert_quiet(what, &format!("{value:?}{value:#?}"));
    let fails = panic::AssertUnwindSafe(|| -> () { Err::<(), &T>(&value).unwrap() });
    let panic = panic::catch_unwind(fails).unwrap_err();
    assert_quiet(what, panic.downcast_ref::<String>().unwrap());
    value
}

fn seen<T: Debug>(what: &str, value: T) {
    drop(quiet(what, value));
}

/// An error, with all its sources.
fn quiet_error<E: StdError>(what: &str, error: E) {
    let error = quiet(what, error);
    let mut next: Option<&dyn StdError> = Some(&error);
    while let Some(error) = next {
        assert_quiet(what, &format!("{error} {error:?}"));
        next = error.source();
    }
}

fn told<T: Display>(what: &str, value: &T) {
    assert_quiet(what, &value.to_string());
}

fn server() -> PublicUrl {
    "http://127.0.0.1:4433".parse().unwrap()
}

fn session() -> SessionToken {
    SessionToken::new("ory_st_s3cr3t").unwrap()
}

fn rename() -> Rename {
    Rename {
        nickname: Some(Some("s3cr3t-nickname".to_owned())),
    }
}

fn change_email() -> ChangeEmail<'static> {
    ChangeEmail { email: NEW_EMAIL }
}

fn answer(status: u16, body: &Value) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header("Content-Type", "application/json")
        .header("Set-Cookie", SET_COOKIE)
        .body(body.to_string().into_bytes())
        .unwrap()
}

fn identity(email: &str) -> Value {
    json!({
        "id": "0b9cbd3b", "schema_id": "default",
        "traits": { "email": email, "name": { "first": "s3cr3t" } },
        "verifiable_addresses": [{ "value": email, "verified": true, "via": "email", "status": "completed" }],
        "recovery_addresses": [{ "value": email, "via": "email" }],
        "metadata_public": { "plan": "s3cr3t" }, "metadata_admin": { "note": "s3cr3t" },
        "credentials": { "password": { "identifiers": [email] } }
    })
}

fn flow(state: &str, email: &str) -> Value {
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

fn error(id: Option<&str>) -> Value {
    let place = "https://example.org/?token=s3cr3t";
    json!({
        "error": { "id": id, "reason": "s3cr3t", "message": "s3cr3t", "debug": "s3cr3t", "details": "s3cr3t" },
        "redirect_browser_to": place
    })
}

/// Goes on with an exchange that has another request.
fn next<X: Exchange<Output: Debug> + Debug>(
    what: &str,
    exchange: X,
    with: &Response<Vec<u8>>,
) -> X {
    match quiet(what, quiet(what, exchange).receive(with).unwrap()) {
        Step::Next(next) => next,
        Step::Done(outcome) => panic!("{what}: {outcome:?}"),
    }
}

fn end<X: Exchange<Output: Debug> + Debug>(
    what: &str,
    exchange: X,
    with: &Response<Vec<u8>>,
) -> X::Output {
    match quiet(what, exchange).receive(with).unwrap() {
        Step::Done(outcome) => quiet(what, outcome),
        Step::Next(next) => panic!("{what}: {next:?}"),
    }
}

fn submit() -> Update<CustomerTraits> {
    let update = Update::native(server(), session(), change_email().patch());
    next("creating", update, &answer(200, &flow("show_form", EMAIL)))
}

#[test]
fn tokens_cookies_and_passwords() {
    let token = quiet("SessionToken", session());
    seen("Native", Native::new(token));
    seen("AdminToken", AdminToken::new("ory_pat_s3cr3t").unwrap());
    quiet_error("InvalidToken", SessionToken::new("s3cr3t\n").unwrap_err());
    quiet_error("InvalidToken", AdminToken::new("s3cr3t\n").unwrap_err());
    quiet_error(
        "InvalidUrl",
        "http://a:s3cr3t@b".parse::<PublicUrl>().unwrap_err(),
    );
    quiet_error(
        "InvalidUrl",
        "http://a:s3cr3t@b".parse::<AdminUrl>().unwrap_err(),
    );
    seen("Secret", Secret::from("s3cr3t"));
    let mut key = [7; 32];
    key[..6].copy_from_slice(SECRET.as_bytes());
    let key = quiet("SealingKey", SealingKey::new(key));
    assert!(
        !format!("{key:?}").contains("115, 51"),
        "the bytes of the key"
    );
    let cookies = quiet("BrowserCookies", BrowserCookies::new([COOKIES]));
    seen("Forwarded", Forwarded::new(cookies));
}

#[test]
fn settings() {
    let saved = end(
        "saved",
        submit(),
        &answer(200, &flow("success", "s3cr3t-other@example.org")),
    );
    let Outcome::Saved(saved) = saved else {
        panic!("{saved:?}");
    };
    assert!(!saved.differing.is_empty());
    seen("differing", &saved.differing);
    seen("Identity", &saved.identity);
    seen("Document", &saved.identity.traits);
    seen("RawTraits", saved.identity.traits.raw());
    let _ = end("parked", submit(), &answer(200, &flow("show_form", EMAIL)));
    let invalid = end("invalid", submit(), &answer(400, &flow("show_form", EMAIL)));
    let Outcome::Invalid(invalid) = invalid else {
        panic!("{invalid:?}");
    };
    for problem in &invalid.problems {
        told("Problem", quiet("Problem", problem));
        told("MessageId", &problem.message.id);
    }
    for (status, id) in [
        (401, None),
        (403, Some("session_refresh_required")),
        (403, Some("session_aal2_required")),
        (410, None),
        (422, None),
        (500, None),
        (400, Some("brand_new")),
    ] {
        let _ = end("refused", submit(), &answer(status, &error(id)));
    }
    let mut taken = flow("show_form", EMAIL);
    taken["ui"]["messages"][0]["id"] = json!(4000007);
    let _ = end("taken", submit(), &answer(400, &taken));
    for body in ["\"s3cr3t\"", "{\"s3cr3t", "{\"id\":\"s3cr3t\"}"] {
        let mut other = answer(200, &Value::Null);
        *other.body_mut() = body.into();
        quiet_error("Error", submit().receive(&other).unwrap_err());
    }
}

#[test]
fn what_waits() {
    let waits = end(
        "waits",
        submit(),
        &answer(403, &error(Some("session_refresh_required"))),
    );
    let Outcome::ReauthenticationNeeded(pending) = waits else {
        panic!("{waits:?}");
    };
    seen("Cause", pending.cause());
    seen("Patch", pending.patch());
    seen("InClear", pending.expose_in_clear());
    let key = SealingKey::new([7; 32]);
    let sealed = pending.seal(&key).unwrap();
    assert_quiet("sealed", &sealed);
    let opened = Pending::<CustomerTraits>::unseal(&key, &sealed, SystemTime::now()).unwrap();
    let wrong =
        Pending::<CustomerTraits>::unseal(&SealingKey::new([8; 32]), &sealed, SystemTime::now());
    quiet_error("UnsealError", wrong.unwrap_err());
    let opened = quiet("Pending", opened);
    let stored = serde_json::to_string(&opened.expose_in_clear()).unwrap();
    let spoilt = stored.replace("\"version\":1", "\"version\":9");
    let spoilt: InClear = serde_json::from_str(&spoilt).unwrap();
    quiet_error(
        "UnfitPending",
        Pending::<CustomerTraits>::try_from(spoilt).unwrap_err(),
    );

    let resumed = Update::resumed(server(), Native::new(session()), opened.clone());
    let conflict = end(
        "conflict",
        resumed,
        &answer(200, &flow("show_form", "s3cr3t-third@example.org")),
    );
    let Outcome::Conflict(conflict) = conflict else {
        panic!("{conflict:?}");
    };
    seen("Conflicted", &conflict.traits);
    seen("overwrite", conflict.clone().overwrite());
    seen("keep_theirs", conflict.keep_theirs());
    let other = Update::resumed(server(), Native::new(session()), opened.of_person("grace"));
    let outcome = end(
        "another person",
        other,
        &answer(200, &flow("show_form", EMAIL)),
    );
    assert!(matches!(outcome, Outcome::AnotherPerson(_)));
}

#[test]
fn documents_and_changes() {
    let document = identity(EMAIL)["traits"].to_string();
    let current = quiet("RawTraits", RawTraits::parse(&document).unwrap());
    quiet_error("NotAnObject", RawTraits::parse("\"s3cr3t\"").unwrap_err());
    seen("Change", change_email().settings_update(&current).unwrap());
    seen("Patch", rename().patch());
    let mut edits = Edits::<CustomerTraits, _>::privileged();
    edits.set(CustomerTraits::EMAIL, NEW_EMAIL.to_owned());
    seen("Edits", edits);
    let problems = CustomerTraits::SCHEMA
        .check(&RawTraits::parse(r#"{"email":"s3cr3t","name":"s3cr3t"}"#).unwrap());
    assert!(!problems.is_empty());
    for problem in problems {
        told("Problem", &quiet("Problem", problem));
    }
    let mut outdated = flow("success", EMAIL);
    outdated["identity"]["traits"] = json!({ "email": 7, "name": "s3cr3t" });
    let saved = end("outdated", submit(), &answer(200, &outdated));
    let Outcome::Saved(saved) = saved else {
        panic!("{saved:?}");
    };
    quiet_error(
        "Outdated",
        saved.identity.traits.typed().err().unwrap().clone(),
    );
}

#[test]
fn a_browser() {
    let mode = Forwarded::new(BrowserCookies::new([COOKIES]));
    let create = quiet("Relay", Update::of(server(), mode, change_email().patch()));
    let submit = match create.answered(Ok(answer(200, &flow("show_form", EMAIL)))) {
        ControlFlow::Continue(submit) => quiet("Relay", submit),
        ControlFlow::Break(end) => panic!("{end:?}"),
    };
    match submit.answered(Ok(answer(200, &flow("success", NEW_EMAIL)))) {
        ControlFlow::Break(relayed) => {
            assert!(!relayed.set_cookies.is_empty());
            seen("SetCookies", &relayed.set_cookies);
            seen("Relayed", relayed);
        }
        ControlFlow::Continue(next) => panic!("{next:?}"),
    }
}

#[test]
fn logins() {
    let login = || SessionLogin::native(server(), session()).identifier(EMAIL);
    seen("SessionLogin", login());
    seen("LoginOffer", login().refresh_choices());
    let created = answer(200, &flow("choose_method", EMAIL));
    let choices = end("LoginChoices", login().refresh_choices(), &created);
    assert!(choices.is_ok());
    let attempts: [fn() -> LoginAttempt; 4] = [
        || LoginAttempt::with_password(server(), EMAIL, "s3cr3t"),
        || {
            SessionLogin::native(server(), session())
                .identifier(EMAIL)
                .refresh_with_password("s3cr3t")
        },
        || SessionLogin::native(server(), session()).second_factor_totp("s3cr3t"),
        || SessionLogin::native(server(), session()).second_factor_lookup("s3cr3t"),
    ];
    for attempt in attempts {
        let attempt = next("LoginAttempt", attempt(), &created);
        let logged_in = json!({
            "session_token": "ory_st_s3cr3t_2", "session": { "identity": identity(EMAIL) },
            "continue_with": flow("", EMAIL)["continue_with"]
        });
        let _ = end("LoggedIn", attempt, &answer(200, &logged_in));
    }
    for (status, body) in [
        (400, flow("choose_method", EMAIL)),
        (422, error(None)),
        (500, error(None)),
    ] {
        let attempt = next("LoginAttempt", attempts[1](), &created);
        let _ = end("refused", attempt, &answer(status, &body));
    }
    let attempt = next("LoginAttempt", login().refresh_with_code(), &created);
    let mut sent = flow("sent_email", EMAIL);
    sent["ui"]["messages"] = json!([]);
    for node in sent["ui"]["nodes"].as_array_mut().unwrap() {
        node["messages"] = json!([]);
    }
    match end("CodeSent", attempt, &answer(400, &sent)) {
        kratos_traits::LoginOutcome::CodeSent(sent) => {
            seen("LoginAttempt", login().submit_code(&sent, "s3cr3t"));
            seen(
                "LoginAttempt",
                login().resend_code(&quiet("CodeSent", sent)),
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn sessions_and_forecasts() {
    let body = json!({
        "id": "5e55", "active": true, "authenticated_at": "2026-01-01T10:00:00Z", "identity": identity(EMAIL),
        "authentication_methods": [{ "method": "password", "aal": "aal1" }],
        "devices": [{ "ip_address": "s3cr3t", "user_agent": "s3cr3t" }], "tokenized": "s3cr3t"
    });
    let whoami = || Whoami::<CustomerTraits>::of(server(), Native::new(session()));
    let outcome = end("whoami", whoami(), &answer(200, &body));
    let WhoamiOutcome::Session(session) = outcome else {
        panic!("{outcome:?}");
    };
    let person = quiet("Session", session).identity.unwrap();
    seen("VerifiableAddress", &person.verifiable_addresses);
    seen("RecoveryAddress", &person.recovery_addresses);
    quiet_error("MetadataError", person.metadata_public::<u8>().unwrap_err());
    for (status, id) in [
        (401, None),
        (403, Some("session_aal2_required")),
        (500, None),
    ] {
        let _ = end("whoami", whoami(), &answer(status, &error(id)));
    }
    let patch = change_email().patch();
    let facts = ServerFacts::new();
    let native = Native::new(self::session());
    let forecast = Forecast::of(server(), native, patch, facts, SystemTime::now());
    let _ = end("forecast", forecast, &answer(200, &body));
}

#[test]
fn the_admin_road() {
    let url = || "http://127.0.0.1:4434".parse::<AdminUrl>().unwrap();
    let token = || AdminToken::new("ory_pat_s3cr3t").unwrap();
    let person = answer(200, &identity(EMAIL));
    let read = ReadIdentity::<CustomerTraits>::new(url(), Some(token()), "0b9cbd3b");
    let Lookup::Found(found) = end("ReadIdentity", read, &person) else {
        panic!("not found");
    };
    seen("FoundIdentity", found);
    let find = FindIdentity::<CustomerTraits>::new(url(), Some(token()), EMAIL);
    let _ = end(
        "FindIdentity",
        find,
        &answer(200, &json!([identity(EMAIL)])),
    );
    let update = || AdminUpdate::privileged(url(), "0b9cbd3b", &change_email()).token(token());
    let patching = || next("AdminUpdate", update(), &person);
    let _ = end("AdminSaved", patching(), &answer(200, &identity(NEW_EMAIL)));
    for (status, id) in [
        (400, None),
        (401, None),
        (403, None),
        (404, None),
        (409, None),
        (500, None),
    ] {
        let refused = answer(status, &error(id));
        match quiet("AdminUpdate", patching().receive(&refused).unwrap()) {
            Step::Done(_) | Step::Next(_) => {}
        }
        let _ = end("AdminOutcome", update(), &refused);
    }
}

#[test]
fn clients_and_calls() {
    let http = |_: Request<Vec<u8>>, _: Limits| {
        Err::<Response<Vec<u8>>, SendError>(SendError::no_answer("none"))
    };
    let client = quiet("PublicClient", PublicClient::with(http, server()));
    let session = session();
    seen("Settings", client.settings(&session));
    seen("Call", client.settings(&session).update(&change_email()));
    seen("OnBehalf", client.native(&session));
    let cookies = BrowserCookies::new([COOKIES]);
    seen("OnBehalf", client.forwarding(&cookies));
    seen(
        "Call",
        client.forwarding(&cookies).settings().update(&rename()),
    );
    seen("Login", client.login(&session).identifier(EMAIL));
    seen(
        "Call",
        client.login(&session).refresh_with_password("s3cr3t"),
    );
    seen("Call", client.login_with_password(EMAIL, "s3cr3t"));
    let admin = AdminApiClient::with(http, "http://127.0.0.1:4434".parse().unwrap());
    let admin = quiet(
        "AdminApiClient",
        admin.token(AdminToken::new("ory_pat_s3cr3t").unwrap()),
    );
    let base = RawTraits::parse(r#"{"email":"s3cr3t"}"#).unwrap();
    seen("Edit", admin.edit("0b9cbd3b").based_on(&base));
    seen("Call", admin.edit("0b9cbd3b").update(&rename()));
    seen(
        "Call",
        admin.identity_by_identifier::<CustomerTraits>(EMAIL),
    );
}
