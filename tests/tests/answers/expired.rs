//! Flows that expire on the way.

use http::{Method, Response};
use kratos_traits::Outcome;
use kratos_traits::exchange::{Exchange, Phase, Step};
use serde_json::{Value, json};

use crate::script::{answer, error, flow, json_answer, request_of, submit};

#[test]
fn an_expired_flow_is_renewed_once() {
    let expired = error(
        410,
        Some("self_service_flow_expired"),
        json!({ "use_flow_id": "0d1e", "since": 1 }),
    );
    let Step::Next(renewal) = submit().receive(&expired).unwrap() else {
        panic!("the flow was not renewed");
    };
    let request = request_of(&renewal);
    assert_eq!(request.method(), Method::GET);
    assert_eq!(
        request.uri(),
        "http://127.0.0.1:4433/self-service/settings/flows?id=0d1e"
    );
    assert_eq!(renewal.phase(), Phase::Create);
    let mut body = flow("show_form", "changed-meanwhile@example.org");
    body["id"] = json!("0d1e");
    let Step::Next(again) = renewal.receive(&json_answer(200, &body)).unwrap() else {
        panic!("the renewed flow was not submitted");
    };
    let request = request_of(&again);
    assert!(
        request
            .uri()
            .to_string()
            .ends_with("/self-service/settings?flow=0d1e")
    );
    let Step::Done(Outcome::FlowGone(_)) = again.receive(&expired).unwrap() else {
        panic!("a second renewal");
    };
}

/// Whatever comes in the place of the renewed flow is told as such.
#[test]
fn a_renewed_flow_that_is_not_to_be_had() {
    let more = json!({ "use_flow_id": "0d1e" });
    let expired = error(410, Some("self_service_flow_expired"), more);
    let renewed = |answer: &Response<Vec<u8>>| match submit().receive(&expired).unwrap() {
        Step::Next(renewal) => renewal.receive(answer),
        Step::Done(outcome) => panic!("{outcome:?}"),
    };
    // A flow that is asked for and expired has no id (of the error), and says where to get another.
    let gone = json!({ "error": { "code": 410, "message": "?", "details": { "api": "/self-service/settings/api" } } });
    let Step::Done(outcome) = renewed(&json_answer(410, &gone)).unwrap() else {
        panic!("renewed again");
    };
    assert!(matches!(outcome, Outcome::FlowGone(_)), "{outcome:?}");
    let answer = error(401, None, Value::Null);
    let Step::Done(outcome) = renewed(&answer).unwrap() else {
        panic!("renewed again");
    };
    assert!(matches!(outcome, Outcome::SessionGone(_)), "{outcome:?}");
    assert!(renewed(&answer_of_another()).is_err());
}

fn answer_of_another() -> Response<Vec<u8>> {
    answer(200, "<html>")
}
