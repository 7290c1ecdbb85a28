//! Logins that succeed.

use kratos_traits::{ContinueWith, LoginOutcome};
use kratos_traits_tests::scripted::Scripted;
use serde_json::{Value, json};

use super::script::*;
use super::shapes::*;

#[test]
fn a_fresh_login_keeps_the_token_in_both_requests() {
    let script = Scripted::new([
        answer(200, &password_flow()),
        answer(200, &success(TOKEN, ada())),
    ]);
    let outcome = script.result(
        script
            .client
            .login(&token())
            .refresh_with_password(PASSWORD),
    );
    let Ok(LoginOutcome::LoggedIn(login)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(login.identity_id.as_deref(), Some("0b9cbd3b"));
    // The identifier is the one that the flow shows.
    let body = json!({ "method": "password", "identifier": EMAIL, "password": PASSWORD });
    assert_eq!(
        requests(&script),
        [
            (
                "GET /self-service/login/api?refresh=true".to_owned(),
                Value::Null
            ),
            (format!("POST /self-service/login?flow={FLOW}"), body),
        ]
    );
    assert_eq!(
        tokens(&script),
        [Some(TOKEN.to_owned()), Some(TOKEN.to_owned())]
    );
}

#[test]
fn a_first_login_has_no_token() {
    let script = Scripted::new([
        answer(200, &code_flow()),
        answer(200, &success(OTHER_TOKEN, ada())),
    ]);
    let outcome = script.result(script.client.login_with_password("ada", PASSWORD));
    assert!(
        matches!(outcome, Ok(LoginOutcome::LoggedIn(_))),
        "{outcome:?}"
    );
    assert_eq!(requests(&script)[0].0, "GET /self-service/login/api");
    assert_eq!(requests(&script)[1].1["identifier"], "ada");
    assert_eq!(tokens(&script), [None, None]);
}

#[test]
fn another_token_is_another_session() {
    for identity in [ada(), Value::Null] {
        let outcome = submitted(answer(200, &success(OTHER_TOKEN, identity)));
        assert!(
            matches!(outcome, Ok(LoginOutcome::AnotherSession(_))),
            "{outcome:?}"
        );
    }
}

#[test]
fn an_identity_that_is_held_back_waits_for_the_second_factor() {
    let outcome = submitted(answer(200, &success(TOKEN, Value::Null)));
    let Ok(LoginOutcome::SecondFactorRequired(login)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(login.identity_id, None);
}

#[test]
fn continue_with_is_kept() {
    let mut body = success(TOKEN, ada());
    body["continue_with"] = json!([{ "action": "brew_coffee", "strength": 3 }]);
    let outcome = submitted(answer(200, &body));
    let Ok(LoginOutcome::LoggedIn(login)) = outcome else {
        panic!("{outcome:?}");
    };
    let actions: Vec<_> = login
        .continue_with
        .iter()
        .map(ContinueWith::action)
        .collect();
    assert_eq!(actions, ["brew_coffee"]);
}

#[test]
fn the_second_factors() {
    let done = || answer(200, &success(TOKEN, ada()));
    let script = Scripted::new([answer(200, &second_flow()), done()]);
    let login = script.client.login(&token());
    assert!(script.result(login.second_factor_totp("123456")).is_ok());
    let body = json!({ "method": "totp", "totp_code": "123456" });
    assert_eq!(requests(&script)[1].1, body);

    let script = Scripted::new([answer(200, &second_flow()), done()]);
    let login = script.client.login(&token());
    assert!(script.result(login.second_factor_lookup("q1w2e3")).is_ok());
    let body = json!({ "method": "lookup_secret", "lookup_secret": "q1w2e3" });
    assert_eq!(requests(&script)[1].1, body);

    let script = Scripted::new([answer(200, &second_flow()), answer(400, &sent_flow())]);
    let login = script.client.login(&token());
    assert!(script.result(login.second_factor_code()).is_ok());
    // The only address that the flow lists.
    let body = json!({ "method": "code", "identifier": EMAIL });
    assert_eq!(requests(&script)[1].1, body);
}
