//! 429 and 503 are the outcome `Busy` of every call, with a body of any form.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Response};
use kratos_traits::admin::Lookup;
use kratos_traits::forecast::{Forecast, ServerFacts};
use kratos_traits::{AdminOutcome, Error, LoginOutcome, Outcome, Refusal, WhoamiOutcome};
use kratos_traits_tests::recorded::{ADA, FLOW, answer_of_type, flow};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted::{Scripted, block_on, session};
use kratos_traits_tests::updaters::rename;

/// Of Kratos, of the two forms of Ory Network, of gateways.
const BODIES: [(&str, &str); 5] = [
    (
        "application/json",
        r#"{"error":{"code":429,"reason":"slow down"}}"#,
    ),
    (
        "application/json",
        r#"{"code":429,"message":"too many requests"}"#,
    ),
    ("application/json", r#"{"error":"rate_limited"}"#),
    ("text/html", "<html>"),
    ("text/plain", ""),
];

fn busy(status: u16, (content_type, body): (&'static str, &str)) -> Response<Vec<u8>> {
    let mut answer = answer_of_type(status, content_type, body);
    let seven = HeaderValue::from_static("7");
    answer.headers_mut().insert("Retry-After", seven);
    answer
}

/// The refusal in the outcome of a call, and whether anything may be saved.
fn refusals(answer: &Response<Vec<u8>>) -> Vec<(&'static str, Refusal, bool)> {
    let alone = || Scripted::new([answer.clone()]);
    let session = session();
    let mut refusals = Vec::new();
    let settings = |script: &Scripted, saves| {
        let outcome = script.result(script.settings().update(&rename("Countess")));
        let Ok(Outcome::Busy(refusal, pending)) = outcome else {
            panic!("{outcome:?}")
        };
        // The change is not lost.
        let script = Scripted::new([flow("show_form", ADA, r#"{"email":"a@example.org"}"#)]);
        let requests = script.requests_of(script.settings().resume(pending));
        assert_eq!(requests.len(), 2);
        ("settings", refusal, saves)
    };
    let created = flow("show_form", ADA, r#"{"email":"a@example.org"}"#);
    refusals.push(settings(&alone(), false));
    refusals.push(settings(&Scripted::new([created, answer.clone()]), true));

    let script = alone();
    match script.result(script.client.whoami::<CustomerTraits>(&session)) {
        Ok(WhoamiOutcome::Busy(refusal)) => refusals.push(("whoami", refusal, false)),
        other => panic!("{other:?}"),
    }
    let script = alone();
    let facts = ServerFacts::new(Duration::from_secs(3600));
    let (settings, now) = (script.settings(), std::time::SystemTime::UNIX_EPOCH);
    match script.result(settings.forecast(&rename("Countess"), &facts, now)) {
        Ok(Forecast::Busy(refusal)) => refusals.push(("forecast", refusal, false)),
        other => panic!("{other:?}"),
    }
    let login = format!(r#"{{"id":"{FLOW}","ui":{{"nodes":[]}}}}"#);
    let login = answer_of_type(200, "application/json", login);
    for answers in [vec![answer.clone()], vec![login, answer.clone()]] {
        let script = Scripted::new(answers);
        match script.result(script.client.login_with_password("a@example.org", "x")) {
            Ok(LoginOutcome::Busy(refusal)) => refusals.push(("login", refusal, false)),
            other => panic!("{other:?}"),
        }
    }
    let script = alone();
    match script.result(script.admin.identity::<CustomerTraits>(ADA)) {
        Ok(Lookup::Busy(refusal)) => refusals.push(("identity", refusal, false)),
        other => panic!("{other:?}"),
    }
    let script = alone();
    match script.result(script.admin.edit(ADA).update(&rename("Countess"))) {
        Ok(AdminOutcome::Busy(refusal)) => refusals.push(("edit", refusal, false)),
        other => panic!("{other:?}"),
    }
    refusals
}

#[test]
fn every_call_in_every_form() {
    for status in [429, 503] {
        for body in BODIES {
            for (call, refusal, saves) in refusals(&busy(status, body)) {
                assert_eq!(refusal.status(), status, "{call}");
                assert_eq!(
                    refusal.retry_after(),
                    Some(Duration::from_secs(7)),
                    "{call}"
                );
                assert_eq!(refusal.body, body.1.as_bytes(), "{call}");
                // A gateway may answer with 503 after Kratos has saved.
                assert_eq!(
                    refusal.may_have_been_saved(),
                    saves && status == 503,
                    "{call}"
                );
            }
        }
    }
}

#[test]
fn the_time_in_retry_after() {
    let refusal = |headers: &[(&'static str, &str)]| {
        let mut answer = answer_of_type(429, "text/plain", "");
        *answer.headers_mut() = HeaderMap::new();
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).unwrap();
            answer.headers_mut().insert(*name, value);
        }
        refusals(&answer).remove(0).1
    };
    let (now, later) = (
        "Tue, 01 Dec 2026 10:00:00 GMT",
        "Tue, 01 Dec 2026 10:01:30 GMT",
    );
    for (headers, expected) in [
        (&[("retry-after", later), ("date", now)][..], Some(90)),
        // In the past.
        (&[("retry-after", now), ("date", later)], Some(0)),
        // Without the time of the server, a time has no meaning.
        (&[("retry-after", later)], None),
        (&[("retry-after", "soon"), ("date", now)], None),
        (&[("retry-after", "-1")], None),
        (&[], None),
    ] {
        let wait = expected.map(Duration::from_secs);
        assert_eq!(refusal(headers).retry_after(), wait, "{headers:?}");
    }
}

#[test]
fn refusals_and_errors_have_the_headers_but_do_not_show_them() {
    let mut answer = busy(503, BODIES[3]);
    let cookie = HeaderValue::from_static("ory_kratos_session=secret");
    answer.headers_mut().insert("Set-Cookie", cookie);
    for (call, refusal, _) in refusals(&answer) {
        assert_eq!(refusal.headers()["retry-after"], "7", "{call}");
        assert!(!format!("{refusal:?} {:?}", refusal.headers()).contains("secret"));
    }
    *answer.status_mut() = http::StatusCode::BAD_GATEWAY;
    let script = Scripted::new([answer]);
    let error: Error = block_on(script.settings().update(&rename("Countess"))).unwrap_err();
    assert_eq!(error.status(), Some(502));
    assert_eq!(error.headers().unwrap()["retry-after"], "7");
    assert!(!format!("{error:?} {error}").contains("secret"));
}
