//! Native flows refuse requests with the headers of a browser.

use serde_json::json;

use crate::MEMBER;
use crate::client::{Answer, Kratos, PASSWORD, credentials};

#[test]
fn cookies_and_origins_are_refused() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let token = format!("X-Session-Token: {}", ada.token);
    let settings = json!({ "method": "profile", "traits": { "username": "ada", "age": 1 } });
    let registration =
        json!({ "method": "password", "password": PASSWORD, "traits": { "username": "b" } });
    for (kind, token, body) in [
        ("settings", token.as_str(), settings),
        ("login", "X: y", credentials("ada", PASSWORD)),
        ("registration", "X: y", registration),
    ] {
        let flow = match kind {
            "settings" => ada.flow(),
            kind => kratos.flow(&format!("{kind}/api"), ""),
        };
        let path = format!("/self-service/{kind}?flow={flow}");
        let send = |header: &str| -> Answer {
            let headers = ["Content-Type: application/json", token, header];
            kratos.send("POST", &path, &headers, &body.to_string())
        };
        for header in [
            "Cookie: a=b",
            "Cookie: __cf_bm=x; a=b",
            "Origin: http://127.0.0.1",
        ] {
            let answer = send(header);
            assert_eq!(
                (answer.status, answer.messages()),
                (400, vec![4000001]),
                "{kind} {header}"
            );
        }
        assert_eq!(
            send("Cookie: __cf_bm=x; cf_clearance=y").status,
            200,
            "{kind}"
        );
    }
    assert_eq!(ada.traits()["age"], 1);
}

#[test]
fn invalid_traits_are_reported_before_the_headers() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let path = format!("/self-service/settings?flow={}", ada.flow());
    let token = format!("X-Session-Token: {}", ada.token);
    let headers = ["Content-Type: application/json", &token, "Cookie: a=b"];
    let body = r#"{"method":"profile","traits":{"nickname":"ABC"}}"#;
    let answer = kratos.send("POST", &path, &headers, body);
    assert_eq!((answer.messages(), answer.problems().len()), (vec![], 1));
}
