//! Browser flows: session cookie, and the token against forged forms.

use serde_json::{Value, json};

use crate::MEMBER;
use crate::client::{Answer, Kratos, PASSWORD, credentials};

/// A browser: the cookies that it was told to keep, and the server.
struct Browser<'a> {
    kratos: &'a Kratos,
    cookies: Vec<(String, String)>,
}

impl<'a> Browser<'a> {
    fn at(kratos: &'a Kratos) -> Self {
        let cookies = Vec::new();
        Self { kratos, cookies }
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let pairs = self.cookies.iter();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let cookies = format!("Cookie: {}", pairs.join("; "));
        let headers = ["Content-Type: application/json", &cookies];
        let answer = self.kratos.send(method, path, &headers, body);
        for (name, value) in set_cookies(&answer) {
            self.cookies.retain(|(held, _)| *held != name);
            self.cookies.push((name, value));
        }
        answer
    }

    fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "")
    }

    /// Submits to a flow, with the token of its form.
    fn submit(&mut self, flow: &Answer, kind: &str, mut body: Value) -> Answer {
        body["csrf_token"] = flow.node("csrf_token")["attributes"]["value"].clone();
        let path = format!("/self-service/{kind}?flow={}", flow.text_at("/id"));
        self.send("POST", &path, &body.to_string())
    }

    fn log_in(&mut self, query: &str) -> Answer {
        let flow = self.get(&format!("/self-service/login/browser{query}"));
        assert_eq!(flow.status, 200, "{}", flow.text);
        self.submit(&flow, "login", credentials("ada", PASSWORD))
    }

    fn forget(&mut self, name: &str) {
        self.cookies.retain(|(held, _)| !held.starts_with(name));
    }
}

fn set_cookies(answer: &Answer) -> Vec<(String, String)> {
    let lines = answer.head.lines().filter_map(|line| line.split_once(": "));
    let cookies = lines.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    let pairs = cookies.filter_map(|(_, cookie)| cookie.split(';').next()?.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The names of the cookies that an answer sets, up to what differs from server to server.
fn set(answer: &Answer) -> Vec<String> {
    let names = set_cookies(answer).into_iter().map(|(name, _)| name);
    names
        .map(|name| match name.strip_prefix("csrf_token_") {
            Some(_) => "csrf_token_…".to_owned(),
            None => name,
        })
        .collect()
}

fn profile(traits: &Value) -> Value {
    json!({ "method": "profile", "traits": traits })
}

#[test]
fn a_login_gives_cookies_and_no_token() {
    let kratos = Kratos::start(&MEMBER);
    kratos.person(&json!({ "username": "ada" }));
    let mut browser = Browser::at(&kratos);
    let first = browser.get("/self-service/login/browser");
    assert_eq!(
        (set(&first), first.text_at("/type").as_str()),
        (vec!["csrf_token_…".to_owned()], "browser")
    );
    let answer = browser.submit(&first, "login", credentials("ada", PASSWORD));
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(set(&answer), ["csrf_token_…", "ory_kratos_session"]);
    assert_eq!(answer.body.get("session_token"), None);
    assert_eq!(
        answer.text_at("/continue_with/0/action"),
        "redirect_browser_to"
    );
    let whoami = browser.get("/sessions/whoami");
    assert_eq!(whoami.body["identity"]["traits"]["username"], "ada");

    // Within the session only the session cookie is another.
    let again = browser.log_in("?refresh=true");
    assert_eq!(set(&again), ["ory_kratos_session"]);
    let refused = browser.get("/self-service/login/browser");
    assert_eq!(refused.error_id(), Some("session_already_available"));
}

#[test]
fn settings_are_saved_with_the_cookies() {
    let kratos = Kratos::start(&MEMBER);
    kratos.person(&json!({ "username": "ada" }));
    let mut browser = Browser::at(&kratos);
    let logged_out = browser.get("/self-service/settings/browser");
    assert_eq!(
        (logged_out.status, set(&logged_out)),
        (401, vec!["csrf_token_…".to_owned()])
    );
    browser.log_in("");

    let flow = browser.get("/self-service/settings/browser");
    assert_eq!((flow.status, set(&flow).len()), (200, 0));
    let traits = json!({ "username": "ada", "age": 1 });
    let saved = browser.submit(&flow, "settings", profile(&traits));
    assert_eq!(saved.text_at("/state"), "success", "{}", saved.text);
    assert_eq!(set(&saved), ["ory_kratos_session"]);
    let place = format!(
        "http://127.0.0.1:4455/settings?flow={}",
        flow.text_at("/id")
    );
    assert_eq!(saved.text_at("/continue_with/0/redirect_browser_to"), place);
    // The form of the answer can be submitted once more.
    let again = browser.submit(&saved, "settings", profile(&traits));
    assert_eq!(again.status, 200, "{}", again.text);
}

#[test]
fn a_form_without_its_token_or_its_cookie_is_refused() {
    let kratos = Kratos::start(&MEMBER);
    kratos.person(&json!({ "username": "ada" }));
    let mut browser = Browser::at(&kratos);
    let login = browser.get("/self-service/login/browser");
    let path = format!("/self-service/login?flow={}", login.text_at("/id"));
    let answer = browser.send("POST", &path, &credentials("ada", PASSWORD).to_string());
    assert_eq!(answer.error_id(), Some("security_csrf_violation"));
    browser.log_in("");

    let flow = browser.get("/self-service/settings/browser");
    let path = format!("/self-service/settings?flow={}", flow.text_at("/id"));
    let body = profile(&json!({ "username": "ada" }));
    let untold = browser.send("POST", &path, &body.to_string());
    assert_eq!(
        (untold.status, untold.error_id()),
        (403, Some("security_csrf_violation"))
    );
    // Invalid traits are reported first.
    let wrong = profile(&json!({ "age": "x" }));
    assert_eq!(browser.send("POST", &path, &wrong.to_string()).status, 400);
    browser.forget("csrf_token");
    let lost = browser.submit(&flow, "settings", body.clone());
    assert_eq!(lost.error_id(), Some("security_csrf_violation"));
    // Another cookie does not fit the form.
    browser.get("/self-service/settings/browser");
    let other = browser.submit(&flow, "settings", body);
    assert_eq!(other.error_id(), Some("security_csrf_violation"));
}

#[test]
fn an_expired_flow_of_a_browser_is_replaced_by_one() {
    let kratos = Kratos::start(&MEMBER);
    kratos.person(&json!({ "username": "ada" }));
    let mut browser = Browser::at(&kratos);
    browser.log_in("");
    let flow = browser.get("/self-service/settings/browser");
    kratos.0.expire_flows();
    let body = profile(&json!({ "username": "ada" }));
    let gone = browser.submit(&flow, "settings", body.clone());
    assert_eq!(gone.error_id(), Some("self_service_flow_expired"));
    let path = format!(
        "/self-service/settings/flows?id={}",
        gone.text_at("/use_flow_id")
    );
    let fresh = browser.get(&path);
    assert_eq!(fresh.text_at("/type"), "browser");
    let saved = browser.submit(&fresh, "settings", body);
    assert_eq!(saved.status, 200, "{}", saved.text);
}

#[test]
fn a_browser_returns_to_the_application_only() {
    let kratos = Kratos::start(&MEMBER);
    kratos.person(&json!({ "username": "ada" }));
    let mut browser = Browser::at(&kratos);
    browser.log_in("");
    let create = |browser: &mut Browser<'_>, place: &str| {
        browser.get(&format!("/self-service/settings/browser?return_to={place}"))
    };
    let flow = create(&mut browser, "http%3A%2F%2F127.0.0.1%3A4455%2Fdone%3Fa%3Db");
    let saved = browser.submit(&flow, "settings", profile(&json!({ "username": "ada" })));
    let place = saved.text_at("/continue_with/0/redirect_browser_to");
    assert_eq!(place, "http://127.0.0.1:4455/done?a=b");
    for place in ["http%3A%2F%2F127.0.0.1%3A44551%2F", "https://evil.example/"] {
        let refused = create(&mut browser, place);
        let id = Some("self_service_flow_return_to_forbidden");
        assert_eq!((refused.status, refused.error_id()), (400, id), "{place}");
    }
}
