//! The parts of the admin API that find, read and patch identities.

use http::header::LOCATION;
use http::{HeaderValue, Response, StatusCode};
use kratos_traits::{RawTraits, TraitPath};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::identifiers::Derived;
use super::refusal::Refusal;
use super::reply::{self, Answer};
use super::request::Request;
use super::routes;
use super::state::State;

/// The list of all identities; the path of an identity begins with it.
const PEOPLE: &str = "/admin/identities";

/// Paths that no patch may change.
const DENIED: [&str; 3] = ["/id", "/stateChangedAt", "/credentials"];

/// Answers a request to the admin API.
pub(super) fn answer(state: &mut State, request: &Request) -> Response<Vec<u8>> {
    state.log(request);
    let path = request.path();
    let id = path.strip_prefix(PEOPLE).map(|id| id.trim_matches('/'));
    let answer = match (request.method.as_str(), id) {
        ("GET", Some("")) => Ok(find(state, request)),
        ("GET", Some(id)) => position(state, id).map(|position| show(state, position)),
        ("PATCH", Some(id)) if !id.is_empty() => patch(state, request, id),
        _ if routes::is_public(path) => Ok(redirect(&state.base, request)),
        _ if path.starts_with("/admin/admin/") => Ok(reply::not_found()),
        _ => {
            let what = format!("{} {path} on the admin API", request.method);
            Err(Refusal::not_implemented(&what))
        }
    };
    answer.unwrap_or_else(Refusal::reply)
}

/// The redirect to the other API, which is at this base URL.
pub(super) fn redirect(base: &str, request: &Request) -> Response<Vec<u8>> {
    let mut response = reply::plain(StatusCode::TEMPORARY_REDIRECT, "");
    if let Ok(url) = HeaderValue::from_str(&request.url(base)) {
        response.headers_mut().insert(LOCATION, url);
    }
    response
}

/// `GET /admin/identities?credentials_identifier=`: all identities if the identifier is empty.
fn find(state: &State, request: &Request) -> Response<Vec<u8>> {
    let identifier = request.query("credentials_identifier").unwrap_or_default();
    // Go decodes `+` as a space.
    let identifier = identifier.replace('+', " ");
    let identifier = percent_decode_str(&identifier).decode_utf8_lossy();
    let found: Vec<_> = (state.people.iter())
        .filter(|person| identifier.is_empty() || person.identifiers.hold(&identifier))
        .map(|person| person.admin_json(&state.base))
        .collect();
    reply::ok(&found)
}

/// The identity at this position.
fn show(state: &State, position: usize) -> Response<Vec<u8>> {
    reply::ok(&state.people[position].admin_json(&state.base))
}

/// The position of the person with this id.
fn position(state: &State, id: &str) -> Result<usize, Refusal> {
    let position = state.people.iter().position(|one| one.id() == id);
    position.ok_or_else(Refusal::unknown_resource)
}

/// The parts of a patched identity that the fake stores.
#[derive(Deserialize)]
struct Patched {
    traits: Option<Box<RawValue>>,
    #[serde(default)]
    metadata_public: Option<Box<RawValue>>,
    #[serde(default)]
    metadata_admin: Option<Box<RawValue>>,
    #[serde(default)]
    verifiable_addresses: Vec<PatchedAddress>,
}

/// The parts of a patched address that are not derived from the traits.
#[derive(Deserialize)]
struct PatchedAddress {
    value: String,
    #[serde(default)]
    verified: bool,
}

/// `PATCH /admin/identities/{id}`: needs no login, and fills in no absent objects.
fn patch(state: &mut State, request: &Request, id: &str) -> Answer {
    let position = position(state, id)?;
    let patched = patched(state, request, position).map_err(|why| Refusal::invalid_patch(&why))?;
    let traits = patched.traits.as_deref().map(RawTraits::try_from);
    let Some(Ok(traits)) = traits else {
        return Err(Refusal::bad_request()
            .reason("I[#/traits] S[#/properties/traits/type] expected object"));
    };
    let problems = state.schema.check(&traits);
    if !problems.is_empty() {
        return Err(Refusal::invalid_traits(&problems));
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
    Ok(show(state, position))
}

/// The identity at this position after the patch in the request; the error is the message of Kratos.
fn patched(state: &State, request: &Request, position: usize) -> Result<Patched, String> {
    let patch: Vec<Operation> =
        serde_json::from_slice(&request.body).map_err(|error| error.to_string())?;
    let identity = state.people[position].admin_json(&state.base);
    // Serializing an identity cannot fail, and gives an object.
    let before = serde_json::to_string(&identity).unwrap_or_default();
    let before = RawTraits::parse(&before).map_err(|error| error.to_string())?;
    let after = apply(&patch, before)?;
    serde_json::from_str(after.as_str()).map_err(|error| error.to_string())
}

/// One operation of a JSON Patch.
#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    op: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    value: Option<Box<RawValue>>,
}

/// Applies a JSON Patch; the error is the message of Kratos. Only three operations are supported;
/// `test` is not one of them.
///
/// Source: K-admin-4, `jsonx/patch.go` of `ory/x`, and `evanphx/json-patch`.
fn apply(patch: &[Operation], document: RawTraits) -> Result<RawTraits, String> {
    for Operation { op, path, .. } in patch {
        if !matches!(op.as_str(), "add" | "remove" | "replace") {
            return Err(format!("unsupported operation: {op}"));
        }
        if DENIED.contains(&path.as_str()) {
            return Err(format!("patch includes denied path: {path}"));
        }
    }
    patch.iter().try_fold(document, operate)
}

fn operate(document: RawTraits, operation: &Operation) -> Result<RawTraits, String> {
    let Operation { op, path, value } = operation;
    let place = read_pointer(path)
        .ok_or_else(|| format!("{op} operation does not apply: doc is missing path: {path}"))?;
    let present = document.get(&place).is_some();
    let wrong = |_| format!("{op} operation does not apply: doc is missing path: \"{path}\"");
    let value = value.clone().unwrap_or_else(|| RawValue::NULL.to_owned());
    match op.as_str() {
        "remove" if !present => Err(format!(
            "error in remove for path: '{path}': unable to remove nonexistent key: missing value"
        )),
        "remove" => document.without(&place).map_err(wrong),
        // Kratos turns `replace` into `add`.
        _ => document.with(&place, value).map_err(wrong),
    }
}

/// Reads a JSON Pointer; `None` if it does not begin with a slash.
fn read_pointer(pointer: &str) -> Option<TraitPath> {
    let names = pointer.strip_prefix('/')?.split('/');
    Some(TraitPath::new(
        names.map(|name| name.replace("~1", "/").replace("~0", "~")),
    ))
}
