//! In which ways a flow lets a person log in.

use kratos_traits::LoginOutcome;
use kratos_traits::session::Method;
use kratos_traits_tests::scripted::Scripted;
use serde_json::{Value, json};

use super::script::*;
use super::shapes::*;

#[test]
fn the_choices_of_a_flow() {
    let script = Scripted::new([answer(200, &second_flow())]);
    let login = script.client.login(&token());
    let choices = script.result(login.second_factor_choices());
    let choices = choices.unwrap().unwrap();
    assert_eq!(
        requests(&script)[0].0,
        "GET /self-service/login/api?aal=aal2"
    );
    assert_eq!(
        choices.methods,
        [
            Method::Totp,
            Method::LookupSecret,
            Method::Code,
            Method::Other("captcha".to_owned())
        ]
    );
    assert_eq!(choices.addresses, [EMAIL]);
    assert_eq!(choices.identifier, None);
    assert!(!format!("{choices:?}").contains("ada"));

    let script = Scripted::new([answer(200, &password_flow())]);
    let choices = script.result(script.client.login(&token()).refresh_choices());
    assert_eq!(choices.unwrap().unwrap().identifier.as_deref(), Some(EMAIL));
}

/// Kratos writes `null` for no nodes.
#[test]
fn a_flow_without_nodes_has_no_choices() {
    let mut flow = second_flow();
    flow["ui"]["nodes"] = Value::Null;
    let script = Scripted::new([answer(200, &flow)]);
    let choices = script.result(script.client.login(&token()).second_factor_choices());
    assert_eq!(choices.unwrap().unwrap().methods, []);
}

/// After v1.3.1, where a code is the only second factor and has one address to go to.
#[test]
fn a_flow_may_send_a_code_when_it_is_created() {
    let mut flow = sent_flow();
    flow["refresh"] = json!(false);
    let script = Scripted::new([answer(200, &flow)]);
    let outcome = script.result(script.client.login(&token()).second_factor_code());
    let Ok(LoginOutcome::CodeSent(sent)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(sent.address(), Some(EMAIL));
    let script = Scripted::new([answer(200, &flow)]);
    let choices = script.result(script.client.login(&token()).second_factor_choices());
    let choices = choices.unwrap();
    assert!(
        matches!(choices, Err(LoginOutcome::CodeSent(_))),
        "{choices:?}"
    );
}

#[test]
fn a_session_that_is_gone_has_no_choices() {
    let mut flow = password_flow();
    flow["refresh"] = json!(false);
    let script = Scripted::new([answer(200, &flow)]);
    let choices = script.result(script.client.login(&token()).refresh_choices());
    let gone = matches!(choices, Ok(Err(LoginOutcome::SessionInactive)));
    assert!(gone, "{choices:?}");
}
