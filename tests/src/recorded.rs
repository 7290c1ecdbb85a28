//! Answers of Kratos in the shapes that were recorded, for tests without a server.

use http::Response;
use kratos_traits::exchange::{Exchange, Step};
use kratos_traits::flow::Update;
use kratos_traits::{IdentityTraits, Outcome};
use serde_json::{Value, json};

use crate::kratos::Failure;

/// The identity of the person in these answers.
pub const ADA: &str = "0b9cbd3b-2f5e-4a39-9d1a-7c6b5a4f3e2d";

/// A settings flow in a state, of a person with these traits, given as JSON text.
pub fn flow(state: &str, person: &str, traits: &str) -> Response<Vec<u8>> {
    let flow = json!({
        "id": "6e2f0c7e-5d39-4d6c-9a3b-0f7d1c2b3a49",
        "type": "api",
        "ui": { "action": "http://127.0.0.1:4433/", "method": "POST", "nodes": [] },
        "identity": { "id": person, "schema_id": "default", "traits": "TRAITS" },
        "state": state,
    });
    // As text, so that numbers stay as they are written.
    answer(200, flow.to_string().replace("\"TRAITS\"", traits))
}

/// An error envelope.
pub fn error(status: u16, id: &str, more: &Value) -> Response<Vec<u8>> {
    let mut body = json!({ "error": { "id": id, "code": status, "message": "no" } });
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.extend(more.clone());
    }
    answer(status, body.to_string())
}

fn answer(status: u16, body: String) -> Response<Vec<u8>> {
    let mut answer = Response::new(body.into_bytes());
    *answer.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    answer
}

/// The next request, or a failure that says how the exchange ended.
pub fn goes_on<T: IdentityTraits>(
    exchange: Update<T>,
    answer: &Response<Vec<u8>>,
) -> Result<Update<T>, Failure> {
    match step(exchange, answer)? {
        Step::Next(exchange) => Ok(exchange),
        Step::Done(outcome) => Err(Failure::new(format_args!("it ended: {outcome:?}"))),
    }
}

/// The outcome, or a failure when there is another request.
pub fn ends<T: IdentityTraits>(
    exchange: Update<T>,
    answer: &Response<Vec<u8>>,
) -> Result<Outcome<T>, Failure> {
    match step(exchange, answer)? {
        Step::Done(outcome) => Ok(outcome),
        Step::Next(exchange) => Err(Failure::new(format_args!("it went on: {exchange:?}"))),
    }
}

fn step<T: IdentityTraits>(
    exchange: Update<T>,
    answer: &Response<Vec<u8>>,
) -> Result<Step<Update<T>>, Failure> {
    exchange
        .receive(answer)
        .map_err(|error| Failure::because("the answer was not taken", &error))
}

/// The traits that a submit sends.
pub fn sent<T: IdentityTraits>(submit: &Update<T>) -> Result<Value, Failure> {
    let request = submit
        .request()
        .map_err(|error| Failure::because("no request", &error))?;
    let body: Value = serde_json::from_slice(request.body())
        .map_err(|error| Failure::because("the body", &error))?;
    Ok(body["traits"].clone())
}
