//! `PATCH /admin/identities/{id}`

use http::StatusCode;

use super::document::{Patched, document};
use super::json_patch::{Operation, apply};
use super::known;
use crate::error::Refusal;
use crate::identifiers::Derived;
use crate::reply;
use crate::request::Request;
use crate::state::{Answer, State};
use kratos_traits::RawTraits;

/// Changes an identity without a login; nothing is filled in.
pub(super) fn patch(state: &mut State, request: &Request, id: &str) -> Answer {
    let position = known(state, id)?;
    let patched = patched(state, request, position).map_err(|why| Refusal::no_patch(&why))?;
    let traits = patched.traits.as_deref().map(RawTraits::try_from);
    let Some(Ok(traits)) = traits else {
        return Err(Refusal::broken_rules(
            "I[#/traits] S[#/properties/traits/type] expected object",
        ));
    };
    let problems = state.schema.check(&traits);
    if !problems.is_empty() {
        return Err(Refusal::broken_traits(&problems));
    }
    let derived = Derived::of(state.schema, &traits);
    if derived.identifiers.has_empty() {
        return Err(Refusal::empty_identifier());
    }
    if state.is_taken(&derived, Some(position)) {
        return Err(Refusal::identifier_taken());
    }
    let person = &mut state.people[position];
    person.change(traits, derived);
    person.metadata_public = patched.metadata_public;
    person.metadata_admin = patched.metadata_admin;
    for address in patched.verifiable_addresses {
        person.verify(&address.value, address.verified);
    }
    let person = &state.people[position];
    Ok(reply::json(StatusCode::OK, &person.admin_json(&state.base)))
}

fn patched(state: &State, request: &Request, position: usize) -> Result<Patched, String> {
    let patch: Vec<Operation> =
        serde_json::from_slice(&request.body).map_err(|error| error.to_string())?;
    let before = document(&state.people[position].admin_json(&state.base))?;
    let after = apply(&patch, before)?;
    serde_json::from_str(after.as_str()).map_err(|error| error.to_string())
}
