//! Changes that an old session may not make.

use serde_json::{Value, json};

use crate::MEMBER;
use crate::client::Kratos;

fn traits() -> Value {
    json!({ "username": "ada", "email": "ada@example.org", "phone": "+49 30 1234567", "backup": "b@example.org" })
}

fn with(name: &str, value: Value) -> Value {
    let mut traits = traits();
    traits[name] = value;
    traits
}

fn without(name: &str) -> Value {
    let mut traits = traits();
    traits.as_object_mut().expect("an object").remove(name);
    traits
}

#[test]
fn an_old_session_needs_a_fresh_login() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&traits());
    let flow = ada.flow();
    let body = json!({ "method": "profile", "traits": with("email", json!("new@example.org")) });
    kratos.0.age_sessions();
    let refused = ada.submit(&flow, &body);
    assert_eq!(refused.status, 403);
    assert_eq!(refused.error_id(), Some("session_refresh_required"));
    let url = kratos.0.public_url();
    let escaped = url.replace(':', "%3A").replace('/', "%2F");
    assert_eq!(
        refused.text_at("/redirect_browser_to"),
        format!(
            "{url}/self-service/login/browser?refresh=true&return_to={escaped}%2Fself-service%2Fsettings%3Fflow%3D{flow}"
        )
    );
    let cookie = refused.header("Set-Cookie").unwrap_or_default();
    assert!(cookie.starts_with("ory_kratos_continuity="), "{cookie}");
    assert_eq!(ada.traits(), traits());

    // The same flow takes the same body after a fresh login.
    assert_eq!(ada.refresh("ada").status, 200);
    assert_eq!(ada.submit(&flow, &body).status, 200);
    assert_eq!(ada.traits()["email"], "new@example.org");
}

#[test]
fn changes_of_identifiers_and_addresses_are_privileged() {
    for (status, traits) in [
        (200, traits()),
        (200, with("nickname", json!("abc"))),
        (200, with("email", json!("ADA@example.org"))),
        (200, with("username", json!("ADA"))),
        (200, with("phone", json!("+49301234567"))),
        (200, with("backup", json!("c@example.org"))),
        (200, without("backup")),
        (200, without("phone")),
        (403, with("username", json!("bob"))),
        (403, with("username", json!(" ada"))),
        (403, with("username", json!(""))),
        (403, with("email", json!("c@example.org"))),
        (403, with("phone", json!("+49 30 7654321"))),
        (403, without("username")),
        (403, without("email")),
    ] {
        let kratos = Kratos::start(&MEMBER);
        let ada = kratos.person(&self::traits());
        kratos.0.age_sessions();
        let answer = ada.change(&traits);
        assert_eq!(answer.status, status, "{traits}");
        let expected = if status == 200 {
            traits
        } else {
            self::traits()
        };
        assert_eq!(ada.traits(), expected);
    }
}

#[test]
fn invalid_traits_are_reported_before_the_fresh_login_is_required() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&traits());
    kratos.person(&json!({ "username": "bob" }));
    kratos.0.age_sessions();
    let mut wrong = with("username", json!("bob"));
    wrong["nickname"] = json!("ABC");
    assert_eq!(
        ada.change(&wrong).problems(),
        [("traits.nickname".to_owned(), 4000004)]
    );
    // That it is taken is only reported after the login.
    assert_eq!(ada.change(&with("username", json!("bob"))).status, 403);
    ada.refresh("ada");
    assert_eq!(
        ada.change(&with("username", json!("bob"))).messages(),
        [4000007]
    );
}

#[test]
fn each_session_ages_by_its_own_login() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&traits());
    kratos.0.age_sessions();
    let bob = kratos.person(&json!({ "username": "bob" }));
    assert_eq!(bob.change(&json!({ "username": "robert" })).status, 200);
    assert_eq!(ada.change(&with("username", json!("countess"))).status, 403);
}
