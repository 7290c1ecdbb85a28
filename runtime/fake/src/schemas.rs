//! `GET /schemas/{id}`: the schema as it was embedded.

use super::error::Refusal;
use super::person::{SCHEMA_ID, SCHEMA_ID_BASE64};
use super::reply;
use super::request::Request;
use super::state::{Answer, State};

/// The schema, by its plain id or by the base64url form of it.
pub(super) fn get(state: &mut State, request: &Request) -> Answer {
    let id = request.path().trim_start_matches("/schemas/");
    if id == SCHEMA_ID || id == SCHEMA_ID_BASE64 {
        Ok(reply::raw_json(state.schema.json))
    } else {
        Err(Refusal::not_found(format!(
            "Identity schema `{id}` could not be found."
        )))
    }
}
