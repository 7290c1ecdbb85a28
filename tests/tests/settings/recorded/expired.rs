//! Flows that expire between the two requests.

use http::{Method, Response};
use kratos_traits::{Error, Outcome};
use kratos_traits_tests::recorded::{answer, error, json_answer};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted::{self, Scripted};
use serde_json::{Value, json};

use super::script::{change_email, created, flow};

fn expired() -> Response<Vec<u8>> {
    let more = json!({ "use_flow_id": "0d1e", "since": 1 });
    error(410, Some("self_service_flow_expired"), more)
}

#[test]
fn an_expired_flow_is_renewed_once() {
    let mut renewed = flow("show_form", "changed-meanwhile@example.org");
    renewed["id"] = json!("0d1e");
    let answers = [created(), expired(), json_answer(200, &renewed), expired()];
    let script = Scripted::new(answers);
    let outcome = script.result(script.settings().update(&change_email()));
    assert!(
        matches!(outcome, Ok(Outcome::FlowExpired(_))),
        "{outcome:?}"
    );
    let requests = script.requests();
    assert_eq!(requests[2].method(), Method::GET);
    assert_eq!(
        requests[2].uri(),
        "http://127.0.0.1:4433/self-service/settings/flows?id=0d1e"
    );
    let submit = requests[3].uri().to_string();
    assert!(
        submit.ends_with("/self-service/settings?flow=0d1e"),
        "{submit}"
    );
}

/// An answer other than a flow to the request for the renewed flow ends the update.
#[test]
fn a_renewed_flow_that_cannot_be_had() {
    let renewed = |answer: Response<Vec<u8>>| -> Result<Outcome<CustomerTraits>, Error> {
        scripted::update(&change_email(), vec![created(), expired(), answer])
    };
    // The answer for an expired flow has no error id, and has the URL of a new flow.
    let gone = json!({ "error": { "code": 410, "message": "?", "details": { "api": "/self-service/settings/api" } } });
    let outcome = renewed(json_answer(410, &gone));
    assert!(
        matches!(outcome, Ok(Outcome::FlowExpired(_))),
        "{outcome:?}"
    );
    let outcome = renewed(error(401, None, Value::Null));
    assert!(
        matches!(outcome, Ok(Outcome::SessionInactive(_))),
        "{outcome:?}"
    );
    let outcome = renewed(answer(200, "<html>"));
    assert!(matches!(outcome, Err(Error::Answer { .. })), "{outcome:?}");
}
