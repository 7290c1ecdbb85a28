//! Logins, sessions, the admin road.

use kratos_traits::SettingsUpdate;
use kratos_traits::admin::AdminUpdate;
use kratos_traits::admin::FindIdentity;
use kratos_traits::admin::Lookup;
use kratos_traits::admin::ReadIdentity;
use kratos_traits::exchange::AdminToken;
use kratos_traits::exchange::AdminUrl;
use kratos_traits::exchange::Exchange;
use kratos_traits::exchange::Native;
use kratos_traits::exchange::Step;
use kratos_traits::flow::LoginAttempt;
use kratos_traits::flow::SessionLogin;
use kratos_traits::forecast::Forecast;
use kratos_traits::forecast::ServerFacts;
use kratos_traits::session::Whoami;
use kratos_traits::session::WhoamiOutcome;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::json;
use std::time::{Duration, SystemTime};

use crate::script::{
    EMAIL, NEW_EMAIL, answer, change_email, end, error, flow, identity, next, quiet, quiet_error,
    seen, server, session,
};

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
    let facts = ServerFacts::new(Duration::ZERO);
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
