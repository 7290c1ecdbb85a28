//! Logins over a scripted client.

use http::Response;
use kratos_traits::login::{CodeSent, LoginProblems};
use kratos_traits::{Error, LoginOutcome, SessionToken};
use kratos_traits_tests::recorded::json_answer;
use kratos_traits_tests::scripted::{self, Scripted, body, line};
use serde_json::{Value, json};

use super::shapes::*;

/// Method, path and body of each request.
pub(crate) fn requests(script: &Scripted) -> Vec<(String, Value)> {
    let requests = script.requests();
    let each = requests.iter().map(|one| {
        assert_eq!(one.headers()["accept"], "application/json");
        let body = if one.body().is_empty() {
            Value::Null
        } else {
            body(one)
        };
        (line(one), body)
    });
    each.collect()
}

/// The session token of each request.
pub(crate) fn tokens(script: &Scripted) -> Vec<Option<String>> {
    let requests = script.requests();
    let token = |one: &http::Request<Vec<u8>>| {
        let token = one.headers().get("x-session-token")?;
        Some(token.to_str().unwrap().to_owned())
    };
    requests.iter().map(token).collect()
}

pub(crate) fn token() -> SessionToken {
    scripted::session()
}

/// How a fresh login with a password ends when its submit is answered with this.
pub(crate) fn submitted(last: Response<Vec<u8>>) -> Result<LoginOutcome, Error> {
    refreshed([json_answer(200, &password_flow()), last])
}

/// How it ends when its flow is not created.
pub(crate) fn not_created(first: Response<Vec<u8>>) -> Result<LoginOutcome, Error> {
    refreshed([first])
}

fn refreshed(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> Result<LoginOutcome, Error> {
    let script = Scripted::new(answers);
    let login = script.client.login(&token());
    script.result(login.refresh_with_password(PASSWORD))
}

pub(crate) fn sent() -> CodeSent {
    let kept = json!({ "flow": FLOW, "address": EMAIL, "factor": "refresh" });
    serde_json::from_value(kept).unwrap()
}

/// How the submit of a code ends that gets this answer.
pub(crate) fn code_submitted(last: Response<Vec<u8>>) -> Result<LoginOutcome, Error> {
    let script = Scripted::new([last]);
    let login = script.client.login(&token());
    script.result(login.submit_code(&sent(), "123456"))
}

pub(crate) fn wrong(outcome: LoginOutcome) -> LoginProblems {
    match outcome {
        LoginOutcome::WrongCredentials(problems) => problems,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn rejected(outcome: LoginOutcome) -> LoginProblems {
    match outcome {
        LoginOutcome::Rejected(problems) => problems,
        other => panic!("{other:?}"),
    }
}
