//! Asks our client, and answers as the test says.

use std::collections::VecDeque;
use std::sync::Mutex;

use http::Response;
use kratos_traits::client::{Call, HttpClient, Limits, PublicClient};
use kratos_traits::exchange::SendError;
use kratos_traits::flow::{CodeSent, LoginAttempt, LoginOutcome, LoginProblems};
use kratos_traits::{Error, SessionToken};
use serde_json::{Value, json};

use crate::shapes::*;

/// What Kratos shall say, one answer a request, and what it was asked.
#[derive(Default)]
pub(crate) struct Script {
    answers: Mutex<VecDeque<Response<Vec<u8>>>>,
    asked: Mutex<Vec<Asked>>,
}

impl HttpClient for &Script {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
        _: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError> {
        let token = request.headers().get("x-session-token");
        self.asked.lock().unwrap().push(Asked {
            line: format!(
                "{} {}",
                request.method(),
                request.uri().path_and_query().unwrap()
            ),
            token: token.map(|token| token.to_str().unwrap().to_owned()),
            body: serde_json::from_slice(request.body()).unwrap_or_default(),
        });
        assert_eq!(request.headers()["accept"], "application/json");
        let next = self.answers.lock().unwrap().pop_front();
        next.ok_or_else(|| SendError::no_answer("one request too many"))
    }
}

impl Script {
    pub(crate) fn new(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> Self {
        Self {
            answers: Mutex::new(answers.into_iter().collect()),
            asked: Mutex::default(),
        }
    }

    pub(crate) fn client(&self) -> PublicClient<&Self> {
        PublicClient::with(self, "http://127.0.0.1:4433".parse().unwrap())
    }

    /// Method and path of the requests, and their bodies.
    pub(crate) fn asked(&self) -> Vec<(String, Value)> {
        let asked = self.asked.lock().unwrap();
        let line = |one: &Asked| (one.line.clone(), one.body.clone());
        asked.iter().map(line).collect()
    }

    /// The tokens of the requests.
    pub(crate) fn tokens(&self) -> Vec<Option<String>> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|one| one.token.clone()).collect()
    }
}

/// What a request asks.
struct Asked {
    line: String,
    token: Option<String>,
    body: Value,
}

pub(crate) fn token() -> SessionToken {
    SessionToken::new(TOKEN).unwrap()
}

pub(crate) async fn ended(call: Call<'_, &Script, LoginAttempt>) -> Result<LoginOutcome, Error> {
    call.await
}

/// How a fresh login with a password ends when its submit is answered with this.
pub(crate) async fn submitted(last: Response<Vec<u8>>) -> Result<LoginOutcome, Error> {
    let script = Script::new([answer(200, &password_flow()), last]);
    let client = script.client();
    ended(client.login(&token()).refresh_with_password(PASSWORD)).await
}

/// How it ends when its flow is not created.
pub(crate) async fn not_created(first: Response<Vec<u8>>) -> Result<LoginOutcome, Error> {
    let script = Script::new([first]);
    let client = script.client();
    let ended = ended(client.login(&token()).refresh_with_password(PASSWORD)).await;
    assert_eq!(script.asked().len(), 1);
    ended
}

pub(crate) fn sent() -> CodeSent {
    let kept = json!({ "flow": FLOW, "address": EMAIL, "factor": "refresh" });
    serde_json::from_value(kept).unwrap()
}

pub(crate) async fn code_submitted(last: Response<Vec<u8>>) -> Result<LoginOutcome, Error> {
    let script = Script::new([last]);
    let client = script.client();
    ended(client.login(&token()).submit_code(&sent(), "123456")).await
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
