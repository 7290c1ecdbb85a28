//! A settings flow on behalf of a browser, by the recorded shapes of Kratos's answers: v1.3.1, v25.4.0,
//! v26.2.0 and later.

use http::{Method, Response};
use kratos_traits::client::{AmbientCookies, SendError};
use kratos_traits::{BrowserCookies, Error, InBrowser, Outcome};

use kratos_traits_tests::recorded::{answer_of_type, error_body};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted::{Scripted, body, update_for_browser};
use kratos_traits_tests::updaters::ChangeEmail;
use serde_json::{Value, json};

const EMAIL: &str = "ada@example.org";
const NEW_EMAIL: &str = "countess@example.org";
const CHANGE: ChangeEmail<'static> = ChangeEmail { email: NEW_EMAIL };
const SENT: &str = "csrf_token_806060=old; ory_kratos_session=MTY5; theme=dark";
const CSRF: &str = "csrf_token_806060=bmV3; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax";
const SESSION: &str = "ory_kratos_session=MTcw; Path=/; Expires=Mon, 23 Nov 2026 23:55:00 GMT; \
                       Max-Age=86399; HttpOnly; SameSite=Lax";
const TOKEN: &str = "LEQAHxehy017NZbui8P5oqrIGzzCJC88wdAMLRKSe+27QDBf==";

/// How an update ended, and its cookies.
#[derive(Debug)]
struct Ended {
    outcome: Result<Outcome<CustomerTraits>, Error>,
    cookies: BrowserCookies,
}

fn scripted(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> Scripted {
    Scripted::at("http://kratos.internal:4433/auth", answers)
}

/// How an update with the cookies [`SENT`] ends that gets exactly these answers.
fn ended(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> Ended {
    let script = scripted(answers);
    let mut cookies = BrowserCookies::new([SENT]);
    let outcome = script.result(async { update_for_browser(&script, &mut cookies, &CHANGE) });
    Ended { outcome, cookies }
}

/// How it ends when its submit gets this answer; the first answer has set a cookie.
fn after_submit(answer: Response<Vec<u8>>) -> Ended {
    ended([created(), answer])
}

/// The requests of an update with these cookies, of which the last one comes after these answers.
fn requests(
    cookies: BrowserCookies,
    answers: impl IntoIterator<Item = Response<Vec<u8>>>,
) -> Vec<http::Request<Vec<u8>>> {
    let script = scripted(answers);
    let mut cookies = cookies;
    script.requests_of(async { update_for_browser(&script, &mut cookies, &CHANGE) })
}

fn sent() -> BrowserCookies {
    BrowserCookies::new([SENT])
}

fn answer(status: u16, body: &Value, set_cookies: &[&str]) -> Response<Vec<u8>> {
    let content_type = "application/json; charset=utf-8";
    let mut answer = answer_of_type(status, content_type, body.to_string());
    let headers = answer.headers_mut();
    headers.insert("Date", "Sun, 22 Nov 2026 23:55:04 GMT".parse().unwrap());
    for cookie in set_cookies {
        headers.append("Set-Cookie", cookie.parse().unwrap());
    }
    answer
}

/// The flow that answers the first request, and sets a cookie.
fn created() -> Response<Vec<u8>> {
    answer(200, &flow("6e2f", "show_form", EMAIL, TOKEN), &[CSRF])
}

/// A browser flow, as every version shows it: `organization_id` is of later ones.
fn flow(id: &str, state: &str, email: &str, token: &str) -> Value {
    json!({
        "id": id,
        "type": "browser",
        "organization_id": null,
        "expires_at": "2026-11-23T00:55:01.280011515Z",
        "issued_at": "2026-11-22T23:55:01.280011515Z",
        "request_url": "https://auth.example.org/self-service/settings/browser",
        "ui": {
            "action": format!("https://auth.example.org/self-service/settings?flow={id}"),
            "method": "POST",
            "nodes": [
                { "type": "hologram", "group": "future", "attributes": { "name": "csrf_token", "value": 1 } },
                {
                    "type": "input", "group": "default",
                    "attributes": {
                        "name": "csrf_token", "type": "hidden", "value": token, "required": true,
                        "disabled": false, "node_type": "input"
                    },
                    "messages": [], "meta": {}
                },
                {
                    "type": "input", "group": "profile",
                    "attributes": { "name": "traits.email", "type": "email", "value": email, "node_type": "input" },
                    "messages": [], "meta": {}
                }
            ]
        },
        "identity": {
            "id": "0b9cbd3b-2f5e-4a39-9d1a-7c6b5a4f3e2d",
            "schema_id": "default",
            "traits": { "email": email }
        },
        "state": state
    })
}

fn set_cookies(cookies: &BrowserCookies) -> Vec<&str> {
    let values = cookies.set_cookies();
    values.map(|value| value.to_str().unwrap()).collect()
}

#[test]
fn the_two_requests_of_a_server() {
    let requests = requests(sent(), [created()]);
    let [create, submit] = &requests[..] else {
        panic!("{requests:?}");
    };
    assert_eq!(create.method(), Method::GET);
    assert_eq!(
        create.uri(),
        "http://kratos.internal:4433/auth/self-service/settings/browser"
    );
    assert_eq!(create.headers()["accept"], "application/json");
    assert_eq!(create.headers()["cookie"], SENT);

    assert_eq!(submit.method(), Method::POST);
    // Not where `ui.action` points: the server may not reach that.
    assert_eq!(
        submit.uri(),
        "http://kratos.internal:4433/auth/self-service/settings?flow=6e2f"
    );
    assert_eq!(submit.headers()["accept"], "application/json");
    assert_eq!(
        submit.headers()["cookie"],
        "ory_kratos_session=MTY5; theme=dark; csrf_token_806060=bmV3"
    );
    assert_eq!(
        body(submit),
        json!({ "method": "profile", "csrf_token": TOKEN, "traits": { "email": NEW_EMAIL } })
    );
    for request in [create, submit] {
        assert!(request.headers()["cookie"].is_sensitive());
        for name in ["x-session-token", "authorization", "origin"] {
            assert!(!request.headers().contains_key(name), "{name}");
        }
        assert_eq!(request.extensions().get(), None::<&AmbientCookies>);
    }
}

#[test]
fn the_place_to_return_to_is_escaped() {
    let script = scripted([]);
    let mut cookies = sent().return_to("https://example.org/ä?a=b&c#d");
    let requests = script.requests_of(script.client.settings(&mut cookies).update(&CHANGE));
    assert_eq!(
        requests[0].uri().query(),
        Some("return_to=https%3A%2F%2Fexample%2Eorg%2F%C3%A4%3Fa%3Db%26c%23d")
    );
}

#[test]
fn the_browser_itself_adds_its_cookies() {
    let script = scripted([created()]);
    let settings = script.client.settings(InBrowser::new());
    let requests = script.requests_of(settings.update(&CHANGE));
    assert!(requests[0].uri().path().ends_with("/settings/browser"));
    assert_eq!(body(&requests[1])["csrf_token"], TOKEN);
    for request in requests {
        assert_eq!(request.extensions().get(), Some(&AmbientCookies));
        assert!(!request.headers().contains_key("cookie"));
        assert!(!request.headers().contains_key("x-session-token"));
    }
}

#[test]
fn a_native_submit_has_no_csrf_token_and_no_cookie() {
    let script = scripted([created()]);
    let requests = script.requests_of(script.settings().update(&CHANGE));
    assert!(!requests[1].headers().contains_key("cookie"));
    assert_eq!(body(&requests[1]).get("csrf_token"), None);
}

#[test]
fn without_cookies_there_is_no_header() {
    let requests = requests(BrowserCookies::default(), []);
    assert!(!requests[0].headers().contains_key("cookie"));
}

#[test]
fn a_saved_change_returns_the_cookies() {
    let mut saved = flow("6e2f", "success", NEW_EMAIL, TOKEN);
    saved["continue_with"] = json!([
        { "action": "redirect_browser_to", "redirect_browser_to": "https://example.org/settings?flow=6e2f" }
    ]);
    let relayed = after_submit(answer(200, &saved, &[SESSION]));
    assert_eq!(set_cookies(&relayed.cookies), [CSRF, SESSION]);
    assert!(relayed.cookies.set_cookies().all(|one| one.is_sensitive()));
    let Outcome::Saved(saved) = relayed.outcome.unwrap() else {
        panic!("not saved");
    };
    assert_eq!(saved.continue_with[0].action(), "redirect_browser_to");
}

#[test]
fn a_cookie_that_is_set_twice_is_returned_once() {
    let again = "csrf_token_806060=YWdhaW4=; Path=/; HttpOnly";
    let elsewhere = "csrf_token_806060=x; Path=/auth; HttpOnly";
    let saved = flow("6e2f", "success", NEW_EMAIL, TOKEN);
    let cookies = [elsewhere, again, SESSION, SESSION];
    let relayed = after_submit(answer(200, &saved, &cookies));
    assert_eq!(set_cookies(&relayed.cookies), [elsewhere, again, SESSION]);
}

#[test]
fn a_deleted_cookie_is_not_sent_again() {
    for gone in [
        "theme=; Max-Age=0",
        "theme=; Expires=Thu, 01 Jan 1970 00:00:01 GMT",
        "theme=; Expires=Sun, 22 Nov 2026 23:55:04 GMT",
    ] {
        let show_form = flow("6e2f", "show_form", EMAIL, TOKEN);
        let created = answer(200, &show_form, &[gone]);
        let requests = requests(sent(), [created.clone()]);
        assert_eq!(
            requests[1].headers()["cookie"],
            "csrf_token_806060=old; ory_kratos_session=MTY5",
            "{gone}"
        );
        let saved = flow("6e2f", "success", NEW_EMAIL, TOKEN);
        let relayed = ended([created, answer(200, &saved, &[])]);
        assert_eq!(set_cookies(&relayed.cookies), [gone], "the browser is told");
    }
}

/// The answers to both requests that end the update, by version where they differ.
#[test]
fn refusals_to_a_browser() {
    const CONTINUITY: &str = "ory_kratos_continuity=MTc5; Path=/; Max-Age=2592000; HttpOnly";
    let login = "https://auth.example.org/self-service/login/browser?refresh=true&return_to=https%3A%2F%2Fauth.example.org%2Fself-service%2Fsettings%3Fflow%3D6e2f";
    let place = json!({ "redirect_browser_to": login });
    let aal2 = json!({ "redirect_browser_to": "https://auth.example.org/self-service/login/browser?aal=aal2" });
    type Test = fn(&Outcome<CustomerTraits>) -> bool;
    let rows: &[(u16, Value, Test)] = &[
        (401, error_body(Some("session_inactive"), json!({})), |it| {
            matches!(it, Outcome::SessionInactive(_))
        }),
        // v25.4.0 and later.
        (
            401,
            error_body(
                Some("session_inactive"),
                json!({ "CredentialsMissing": false }),
            ),
            |it| matches!(it, Outcome::SessionInactive(_)),
        ),
        (401, error_body(None, json!({})), |it| {
            matches!(it, Outcome::SessionInactive(_))
        }),
        (
            403,
            error_body(Some("session_refresh_required"), place.clone()),
            |it| {
                matches!(it, Outcome::ReauthenticationRequired(pending)
                    if pending.redirect_browser_to.as_deref().is_some_and(|url| url.contains("&return_to=https%3A%2F%2Fauth")))
            },
        ),
        (
            403,
            error_body(Some("session_aal2_required"), aal2),
            |it| matches!(it, Outcome::SecondFactorRequired(pending) if pending.redirect_browser_to.is_some()),
        ),
        (
            403,
            error_body(Some("security_csrf_violation"), json!({})),
            |it| matches!(it, Outcome::Refused(one) if one.id.as_deref() == Some("security_csrf_violation")),
        ),
        (
            403,
            error_body(Some("security_identity_mismatch"), json!({})),
            |it| matches!(it, Outcome::Refused(one) if one.status() == 403),
        ),
        (
            400,
            error_body(Some("self_service_flow_return_to_forbidden"), json!({})),
            |it| matches!(it, Outcome::Refused(one) if one.status() == 400),
        ),
        // The answer for an expired browser flow has the next URL in its details, and no id.
        (
            410,
            json!({ "error": { "code": 410, "message": "gone", "details": { "redirect_to": "https://auth.example.org/self-service/settings/browser", "return_to": "" } } }),
            |it| matches!(it, Outcome::FlowExpired(_)),
        ),
        (
            422,
            error_body(Some("browser_location_change_required"), place),
            |it| matches!(it, Outcome::BrowserRedirectRequired(one) if one.redirect_browser_to.is_some()),
        ),
    ];
    for (status, body, test) in rows {
        let last = answer(*status, body, &[CONTINUITY]);
        for answers in [vec![last.clone()], vec![created(), last]] {
            let requests = answers.len();
            let relayed = ended(answers);
            assert_eq!(set_cookies(&relayed.cookies).last(), Some(&CONTINUITY));
            let outcome = relayed.outcome.unwrap();
            assert!(test(&outcome), "{requests} {status} {body}: {outcome:?}");
        }
    }
}

#[test]
fn a_parked_change() {
    let mut parked = flow("6e2f", "show_form", EMAIL, TOKEN);
    parked["continue_with"] = json!([
        { "action": "show_verification_ui", "flow": { "id": "9c", "verifiable_address": NEW_EMAIL, "url": "https://example.org/verification?flow=9c" } }
    ]);
    let relayed = after_submit(answer(200, &parked, &[SESSION]));
    let outcome = relayed.outcome.unwrap();
    assert!(
        matches!(outcome, Outcome::VerificationRequired(_)),
        "{outcome:?}"
    );
}

#[test]
fn an_expired_flow_is_renewed_with_its_own_token() {
    let expired = error_body(
        Some("self_service_flow_expired"),
        json!({ "expired_at": "2026-01-01T11:00:00Z", "since": 740400000000_u64, "use_flow_id": "0d1e" }),
    );
    let show_form = flow("0d1e", "show_form", EMAIL, "another token");
    let script = scripted([
        created(),
        answer(410, &expired, &[]),
        answer(200, &show_form, &[]),
        answer(410, &expired, &[SESSION]),
    ]);
    let mut jar = sent();
    let outcome = script.result(async { update_for_browser(&script, &mut jar, &CHANGE) });
    let requests = script.requests();
    let [_, _, renew, submit] = &requests[..] else {
        panic!("{requests:?}");
    };
    assert_eq!(
        renew.uri(),
        "http://kratos.internal:4433/auth/self-service/settings/flows?id=0d1e"
    );
    let cookies = renew.headers()["cookie"].to_str().unwrap();
    assert!(cookies.contains("csrf_token_806060=bmV3"));
    assert_eq!(submit.uri().query(), Some("flow=0d1e"));
    assert_eq!(body(submit)["csrf_token"], "another token");
    assert_eq!(set_cookies(&jar), [CSRF, SESSION]);
    assert!(matches!(outcome, Ok(Outcome::FlowExpired(_))));
}

#[test]
fn a_redirect_is_an_error_that_says_so() {
    for (status, place) in [
        (302, "https://example.org/login"),
        (303, "https://auth.example.org/self-service/login/browser"),
    ] {
        let html = Response::builder()
            .status(status)
            .header("Content-Type", "text/html; charset=utf-8")
            .header("Location", place)
            .header("Set-Cookie", SESSION)
            .body(b"<a href=\"https://example.org\">See Other</a>.".to_vec())
            .unwrap();
        let relayed = after_submit(html);
        assert_eq!(set_cookies(&relayed.cookies), [CSRF, SESSION]);
        let error = relayed.outcome.unwrap_err().to_string();
        assert!(error.contains("unexpected redirect"), "{error}");
        assert!(error.contains("`Accept`"), "{error}");
    }
}

#[test]
fn the_cookies_survive_an_error() {
    let script = scripted([created()]);
    let mut cookies = sent();
    let error = update_for_browser(&script, &mut cookies, &CHANGE).unwrap_err();
    assert_eq!(set_cookies(&cookies), [CSRF]);
    assert!(matches!(
        error,
        Error::Send {
            error: SendError::NoAnswer(_),
            ..
        }
    ));
    assert!(error.may_have_been_saved());

    let relayed = after_submit(answer(200, &json!(1), &[SESSION]));
    assert_eq!(set_cookies(&relayed.cookies), [CSRF, SESSION]);
    assert!(relayed.outcome.is_err());
}

#[test]
fn no_value_of_a_cookie_or_token_is_shown() {
    let cookies = BrowserCookies::new([SENT]);
    assert_eq!(
        format!("{cookies:?}"),
        r#"BrowserCookies { cookies: ["csrf_token_806060", "ory_kratos_session", "theme"], set_cookies: [] }"#
    );
    let saved = flow("6e2f", "success", NEW_EMAIL, TOKEN);
    let relayed = after_submit(answer(200, &saved, &[SESSION]));
    let requests = requests(cookies, [created()]);
    for shown in [
        format!("{relayed:#?}"),
        format!("{:?} {:?}", requests[0].headers(), requests[1].headers()),
    ] {
        for secret in ["MTY5", "MTcw", "bmV3", "dark", "LEQA"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}

#[test]
fn malformed_cookies_are_skipped() {
    let headers = ["a=1; b ;=c; d=", " e = 2 ;;f=x=y==", "g=\"h\"", "i=\u{1}"];
    let requests = requests(BrowserCookies::new(headers), []);
    assert_eq!(
        requests[0].headers()["cookie"],
        "a=1; d=; e = 2; f=x=y==; g=\"h\""
    );
}

#[test]
fn of_kratos_keeps_the_cookies_of_kratos() {
    let cookies = BrowserCookies::new([
        "theme=dark; csrf_token_1=a; app=x; ory_kratos_continuity=b",
        "sso=c; ory_kratos_session=other",
    ]);
    assert_eq!(
        format!("{:?}", cookies.of_kratos("sso")),
        r#"BrowserCookies { cookies: ["csrf_token_1", "ory_kratos_continuity", "sso"], set_cookies: [] }"#
    );
}
