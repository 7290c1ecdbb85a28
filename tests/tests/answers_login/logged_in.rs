//! Logins that are one.

use kratos_traits::exchange::{Exchange, Phase};
use kratos_traits::flow::{ContinueWith, LoginAttempt, LoginOutcome};
use serde_json::{Value, json};

use crate::script::*;
use crate::shapes::*;

#[tokio::test]
async fn a_fresh_login_keeps_the_token_in_both_requests() {
    let script = Script::new([
        answer(200, &password_flow()),
        answer(200, &success(TOKEN, ada())),
    ]);
    let client = script.client();
    let outcome = ended(client.login(&token()).refresh_with_password(PASSWORD)).await;
    let Ok(LoginOutcome::LoggedIn(login)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(login.identity_id.as_deref(), Some("0b9cbd3b"));
    // The identifier is the one that the flow shows.
    let body = json!({ "method": "password", "identifier": EMAIL, "password": PASSWORD });
    assert_eq!(
        script.asked(),
        [
            (
                "GET /self-service/login/api?refresh=true".to_owned(),
                Value::Null
            ),
            (format!("POST /self-service/login?flow={FLOW}"), body),
        ]
    );
    assert_eq!(
        script.tokens(),
        [Some(TOKEN.to_owned()), Some(TOKEN.to_owned())]
    );
}

#[tokio::test]
async fn a_first_login_has_no_token() {
    let script = Script::new([
        answer(200, &code_flow()),
        answer(200, &success(OTHER_TOKEN, ada())),
    ]);
    let client = script.client();
    let outcome = ended(client.login_with_password("ada", PASSWORD)).await;
    assert!(
        matches!(outcome, Ok(LoginOutcome::LoggedIn(_))),
        "{outcome:?}"
    );
    assert_eq!(script.asked()[0].0, "GET /self-service/login/api");
    assert_eq!(script.asked()[1].1["identifier"], "ada");
    assert_eq!(script.tokens(), [None, None]);
}

#[tokio::test]
async fn another_token_is_another_session() {
    for identity in [ada(), Value::Null] {
        let outcome = submitted(answer(200, &success(OTHER_TOKEN, identity))).await;
        assert!(
            matches!(outcome, Ok(LoginOutcome::AnotherSession(_))),
            "{outcome:?}"
        );
    }
}

#[tokio::test]
async fn an_identity_that_is_held_back_waits_for_the_second_factor() {
    let outcome = submitted(answer(200, &success(TOKEN, Value::Null))).await;
    let Ok(LoginOutcome::SecondFactorNeeded(login)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(login.identity_id, None);
}

#[tokio::test]
async fn what_comes_next_is_kept() {
    let mut body = success(TOKEN, ada());
    body["continue_with"] = json!([{ "action": "brew_coffee", "strength": 3 }]);
    let outcome = submitted(answer(200, &body)).await;
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

#[tokio::test]
async fn the_second_factors() {
    let done = || answer(200, &success(TOKEN, ada()));
    let script = Script::new([
        answer(200, &second_flow()),
        done(),
        answer(200, &second_flow()),
        done(),
        answer(200, &second_flow()),
        answer(400, &sent_flow()),
    ]);
    let client = script.client();
    let login = || client.login(&token());
    for call in [
        login().second_factor_totp("123456"),
        login().second_factor_lookup("q1w2e3"),
        login().second_factor_code(),
    ] {
        let _ = ended(call).await.unwrap();
    }
    let asked = script.asked();
    let bodies: Vec<&Value> = asked
        .iter()
        .skip(1)
        .step_by(2)
        .map(|(_, body)| body)
        .collect();
    assert_eq!(
        bodies,
        [
            &json!({ "method": "totp", "totp_code": "123456" }),
            &json!({ "method": "lookup_secret", "lookup_secret": "q1w2e3" }),
            // The only address that the flow lists.
            &json!({ "method": "code", "identifier": EMAIL }),
        ]
    );
}

#[test]
fn nothing_shows_a_secret() {
    let server: kratos_traits::PublicUrl = "http://127.0.0.1:4433".parse().unwrap();
    let attempt = LoginAttempt::with_password(server, EMAIL, PASSWORD);
    let shown = format!("{attempt:?}");
    for hidden in [EMAIL, PASSWORD] {
        assert!(!shown.contains(hidden), "{shown}");
    }
    assert_eq!(attempt.phase(), Phase::CreateLogin);
}
