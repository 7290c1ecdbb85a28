//! Codes that are sent, and submitted.

use kratos_traits::login::CodeSent;
use kratos_traits::{LoginOutcome, MessageId};
use kratos_traits_tests::scripted::Scripted;
use serde_json::{Value, json};

use super::script::*;
use super::shapes::*;

#[test]
fn a_code_is_sent_with_status_400() {
    let script = Scripted::new([answer(200, &code_flow()), answer(400, &sent_flow())]);
    let login = script.client.login(&token()).identifier("Ada@example.org");
    let outcome = script.result(login.refresh_with_code());
    let Ok(LoginOutcome::CodeSent(sent)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(sent.address(), Some(EMAIL));
    assert_eq!(
        requests(&script)[1].1,
        json!({ "method": "code", "identifier": "Ada@example.org" })
    );
    let kept = serde_json::to_string(&sent).unwrap();
    for secret in [TOKEN, PASSWORD] {
        assert!(!kept.contains(secret), "{kept}");
    }
    assert!(!format!("{sent:?}").contains("ada"), "{sent:?}");
}

#[test]
fn a_sent_code_is_submitted_with_the_address_and_the_token() {
    let script = Scripted::new([answer(200, &success(TOKEN, ada()))]);
    let outcome = script.result(script.client.login(&token()).submit_code(&sent(), "123456"));
    assert!(
        matches!(outcome, Ok(LoginOutcome::LoggedIn(_))),
        "{outcome:?}"
    );
    let body = json!({ "method": "code", "identifier": EMAIL, "code": "123456" });
    assert_eq!(
        requests(&script),
        [(format!("POST /self-service/login?flow={FLOW}"), body)]
    );
    assert_eq!(tokens(&script), [Some(TOKEN.to_owned())]);
}

#[test]
fn another_code_is_asked_for_in_the_same_flow() {
    let script = Scripted::new([answer(400, &sent_flow())]);
    let outcome = script.result(script.client.login(&token()).resend_code(&sent()));
    assert!(
        matches!(outcome, Ok(LoginOutcome::CodeSent(_))),
        "{outcome:?}"
    );
    let body = json!({ "method": "code", "identifier": EMAIL, "resend": "code" });
    assert_eq!(requests(&script)[0].1, body);
}

/// The flow has the state `sent_email` in every later answer, so the state does not tell that a code was sent now.
#[test]
fn a_flow_that_has_sent_a_code_still_refuses() {
    let body = with_messages(sent_flow(), error_message(4_010_008));
    let problems = wrong(code_submitted(answer(400, &body)).unwrap());
    assert_eq!(problems.general[0].id, MessageId::WRONG_LOGIN_CODE);

    let mut body = with_messages(sent_flow(), Value::Null);
    body["ui"]["nodes"][1]["messages"] = error_message(4_000_002);
    rejected(code_submitted(answer(400, &body)).unwrap());
    // Also without a message, because no code was requested.
    rejected(code_submitted(answer(400, &sent_flow())).unwrap());

    let script = Scripted::new([
        answer(200, &code_flow()),
        answer(400, &with_messages(sent_flow(), error_message(4_000_035))),
    ]);
    wrong(
        script
            .result(script.client.login(&token()).refresh_with_code())
            .unwrap(),
    );
}

#[test]
fn a_stored_code_sent_must_name_a_flow() {
    let kept = json!({ "flow": "../../admin?", "factor": "second" });
    assert!(serde_json::from_value::<CodeSent>(kept).is_err());
}
