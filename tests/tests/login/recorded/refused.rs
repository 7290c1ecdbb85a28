//! Logins that fail, and answers of other servers.

use http::Response;
use kratos_traits::client::Phase;
use kratos_traits::session::Method;
use kratos_traits::{ContinueWith, Error, LoginOutcome, MessageId};
use serde_json::{Value, json};

use super::script::*;
use super::shapes::*;

#[test]
fn a_flow_of_a_session_that_is_gone_is_a_first_login() {
    let mut flow = password_flow();
    flow["refresh"] = json!(false);
    let outcome = not_created(answer(200, &flow));
    assert!(
        matches!(outcome, Ok(LoginOutcome::SessionInactive)),
        "{outcome:?}"
    );
}

#[test]
fn errors_of_the_session() {
    for id in ["session_aal1_required", "session_inactive"] {
        let outcome = not_created(error(401, Some(id), json!({})));
        assert!(
            matches!(outcome, Ok(LoginOutcome::SessionInactive)),
            "{outcome:?}"
        );
        let outcome = submitted(error(401, Some(id), json!({})));
        assert!(
            matches!(outcome, Ok(LoginOutcome::SessionInactive)),
            "{outcome:?}"
        );
    }
    for (status, id) in [
        (400, "session_already_available"),
        (401, "session_aal_already_fulfilled"),
    ] {
        let outcome = not_created(error(status, Some(id), json!({})));
        assert!(
            matches!(outcome, Ok(LoginOutcome::AlreadyLoggedIn)),
            "{outcome:?}"
        );
    }
}

#[test]
fn wrong_credentials_by_their_message() {
    for id in [
        MessageId::WRONG_CREDENTIALS,
        MessageId::WRONG_TOTP_CODE,
        MessageId::NO_TOTP,
        MessageId::LOOKUP_SECRET_USED,
        MessageId::NO_LOOKUP_SECRETS,
        MessageId::WRONG_LOOKUP_SECRET,
        MessageId::NO_CODE_LOGIN,
        MessageId::NO_SUCH_ACCOUNT,
        MessageId::WRONG_LOGIN_CODE,
        MessageId::UNKNOWN_ADDRESS,
    ] {
        let body = with_messages(password_flow(), error_message(id.0));
        let problems = wrong(submitted(answer(400, &body)).unwrap());
        assert_eq!(problems.general[0].id, id);
        assert_eq!(problems.choices.methods, [Method::Password]);
    }
}

#[test]
fn other_problems_of_the_form_are_rejected() {
    for id in [
        MessageId::INVALID,
        MessageId::NO_LOGIN_STRATEGY,
        MessageId(4_010_011),
        MessageId(4_999_999),
    ] {
        let body = with_messages(password_flow(), error_message(id.0));
        let problems = rejected(submitted(answer(400, &body)).unwrap());
        assert_eq!(problems.general[0].id, id);
    }
}

/// v26.2.0 answers with an error and a verification flow, v1.3.1 with a message in the form.
#[test]
fn an_address_that_is_not_verified() {
    let text = "Your account's email or phone address are not verified yet.";
    let next = json!([{ "action": "show_verification_ui", "flow": { "id": "f10", "verifiable_address": "a@example.org" } }]);
    let details = json!({ "continue_with": next });
    let body = json!({ "error": { "id": "session_verified_address_required", "reason": text, "details": details } });
    let form = with_messages(password_flow(), error_message(4_000_010));
    for (response, flows) in [(answer(403, &body), 1), (answer(400, &form), 0)] {
        let outcome = submitted(response).unwrap();
        assert_eq!(outcome.name(), "address_not_verified");
        assert!(!format!("{outcome:?}").contains("a@example.org"));
        let LoginOutcome::AddressNotVerified {
            continue_with,
            messages,
            ..
        } = outcome
        else {
            panic!("{outcome:?}")
        };
        assert_eq!(messages[0].id, MessageId::ADDRESS_NOT_VERIFIED);
        assert_eq!(continue_with.len(), flows);
        for next in continue_with {
            let ContinueWith::ShowVerificationUi { flow, address, .. } = next else {
                panic!("{next:?}")
            };
            assert_eq!((&*flow, address.as_deref()), ("f10", Some("a@example.org")));
        }
    }
}

#[test]
fn a_problem_of_an_input_names_it() {
    let mut body = with_messages(code_flow(), Value::Null);
    body["ui"]["nodes"][0]["messages"] = error_message(4_000_002);
    let problems = rejected(submitted(answer(400, &body)).unwrap());
    let [problem] = &problems.inputs[..] else {
        panic!("{problems:?}");
    };
    assert_eq!(problem.0, "identifier");
    assert_eq!(problem.1.id, MessageId::REQUIRED);
}

#[test]
fn a_flow_that_expired_is_gone() {
    let more = json!({ "use_flow_id": "85140cff", "since": 117_593_214 });
    let gone = error(410, Some("self_service_flow_expired"), more);
    let outcome = code_submitted(gone);
    assert!(
        matches!(outcome, Ok(LoginOutcome::FlowExpired)),
        "{outcome:?}"
    );

    // Seen of v1.3.1 while the person is logged in.
    let reason = "A valid session was detected and thus login is not possible. \
                  Did you forget to set `?refresh=true`?";
    let message = json!([{ "id": 4_000_001, "type": "error", "text": reason }]);
    for message in [message, error_message(4_010_001)] {
        let body = with_messages(sent_flow(), message);
        let outcome = code_submitted(answer(400, &body));
        assert!(
            matches!(outcome, Ok(LoginOutcome::FlowExpired)),
            "{outcome:?}"
        );
    }
}

#[test]
fn the_browser_must_be_redirected() {
    let more = json!({ "redirect_browser_to": "https://sso.example.org/?state=secret" });
    let outcome = submitted(error(422, Some("browser_location_change_required"), more));
    assert!(!format!("{outcome:?}").contains("sso"));
    let Ok(LoginOutcome::BrowserRedirectRequired {
        redirect_browser_to,
        ..
    }) = outcome
    else {
        panic!("{outcome:?}");
    };
    let place = redirect_browser_to.as_deref();
    assert_eq!(place, Some("https://sso.example.org/?state=secret"));
}

#[test]
fn other_errors_are_kept_whole() {
    for (status, id) in [
        (400, None),
        (400, Some("brand_new")),
        (401, None),
        (401, Some("identity_disabled")),
        (403, Some("security_csrf_violation")),
        (404, None),
        (500, Some("invalid_configuration")),
    ] {
        for (phase, outcome) in [
            (
                Phase::CreateLogin,
                not_created(error(status, id, json!({ "x": 1 }))),
            ),
            (
                Phase::SubmitLogin,
                submitted(error(status, id, json!({ "x": 1 }))),
            ),
        ] {
            let Ok(LoginOutcome::Refused(refusal)) = outcome else {
                panic!("{status} {id:?}: {outcome:?}");
            };
            assert_eq!((refusal.status(), refusal.id.as_deref()), (status, id));
            assert_eq!(refusal.phase, phase);
            assert!(String::from_utf8_lossy(&refusal.body).contains("\"x\":1"));
            assert!(!refusal.may_have_been_saved());
        }
    }
}

#[test]
fn answers_of_other_servers_are_errors() {
    let html = || {
        Response::builder()
            .status(502)
            .header("Content-Type", "text/html")
            .body(b"<html>".to_vec())
            .unwrap()
    };
    let mut no_token = success(TOKEN, ada());
    no_token["session_token"].take();
    for (outcome, phase, what) in [
        (not_created(html()), Phase::CreateLogin, "expected JSON"),
        (submitted(html()), Phase::SubmitLogin, "expected JSON"),
        (
            not_created(answer(200, &json!({ "id": FLOW }))),
            Phase::CreateLogin,
            "expected a login flow",
        ),
        (
            not_created(answer(200, &json!({ "id": "../x", "ui": {} }))),
            Phase::CreateLogin,
            "the id of the flow is not valid",
        ),
        (
            submitted(answer(200, &no_token)),
            Phase::SubmitLogin,
            "the login has no valid session token",
        ),
        (
            submitted(answer(200, &password_flow())),
            Phase::SubmitLogin,
            "expected a login",
        ),
        (
            submitted(answer(303, &json!({ "error": {} }))),
            Phase::SubmitLogin,
            "unexpected redirect",
        ),
    ] {
        let Err(Error::Answer {
            phase: at,
            what: said,
            ..
        }) = &outcome
        else {
            panic!("{what}: {outcome:?}");
        };
        assert_eq!(*at, phase);
        assert!(said.starts_with(what), "{said}");
        assert!(outcome.is_err_and(|error| !error.may_have_been_saved()));
    }
}
