//! All that the server knows.

use http::{Method, Response};
use serde_json::{Value, json};

use super::error::Refusal;
use super::flow::{Flow, FlowJson, Kind};
use super::identifiers::Derived;
use super::ids;
use super::paths::{self, Listed};
use super::person::Person;
use super::request::Request;
use super::session::Session;
use kratos_traits::Schema;

/// What an endpoint answers with.
pub(super) type Answer = Result<Response<Vec<u8>>, Refusal>;

/// The people, their sessions and flows, and how the server shall behave.
pub(super) struct State {
    pub(super) schema: &'static Schema,
    pub(super) paths: Vec<Listed>,
    /// The public URL, without a slash at its end.
    pub(super) base: String,
    /// The admin URL, without a slash at its end.
    pub(super) admin_base: String,
    /// The name of the cookie that Kratos sets against forged forms.
    pub(super) csrf_cookie: String,
    pub(super) people: Vec<Person>,
    pub(super) sessions: Vec<Session>,
    pub(super) flows: Vec<Flow>,
    pub(super) assurance: Assurance,
    pub(super) addresses: NewAddresses,
    /// Whether people log in with codes that are sent.
    pub(super) logins_by_code: bool,
    /// The codes that were sent: the address, and the code.
    pub(super) codes_sent: Vec<(String, String)>,
    pub(super) requests: Vec<(Method, String)>,
}

/// What a session must have to be let in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Assurance {
    Password,
    SecondFactor,
}

/// When a new address becomes part of the traits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NewAddresses {
    AtOnce,
    OnceVerified,
}

impl State {
    pub(super) fn new(schema: &'static Schema, base: String, admin_base: String) -> Self {
        Self {
            schema,
            paths: paths::list(schema),
            base,
            admin_base,
            csrf_cookie: format!("csrf_token_{}", ids::uuid().replace('-', "")),
            people: Vec::new(),
            sessions: Vec::new(),
            flows: Vec::new(),
            assurance: Assurance::Password,
            addresses: NewAddresses::AtOnce,
            logins_by_code: false,
            codes_sent: Vec::new(),
            requests: Vec::new(),
        }
    }

    /// The position of the session that the request is made in.
    pub(super) fn session(&self, request: &Request) -> Option<usize> {
        let token = request.session_token()?;
        self.sessions
            .iter()
            .position(|session| session.token == token)
    }

    /// Whether the session lacks a second factor that is asked for.
    pub(super) fn lacks_second_factor(&self, session: usize) -> bool {
        self.assurance == Assurance::SecondFactor && !self.sessions[session].has_second_factor()
    }

    /// The flow that the request names by this parameter; `None` when there is none.
    pub(super) fn flow(
        &self,
        request: &Request,
        parameter: &str,
        kind: fn(Kind) -> bool,
    ) -> Result<Option<usize>, Refusal> {
        let id = request.query(parameter).filter(|id| ids::is_uuid(id));
        let id = id.ok_or_else(Refusal::malformed_flow_id)?;
        Ok(self
            .flows
            .iter()
            .position(|flow| flow.id == id && kind(flow.kind)))
    }

    /// A flow as Kratos shows it: with its owner, if it has one.
    pub(super) fn flow_json<'a>(&'a self, flow: usize, continue_with: &'a [Value]) -> FlowJson<'a> {
        let flow = &self.flows[flow];
        let owner = flow
            .owner
            .map(|person| self.people[person].json(&self.base));
        flow.json(owner, continue_with)
    }

    /// Whether somebody other than `person` holds an identifier or address that is asked for.
    pub(super) fn is_taken(&self, derived: &Derived, person: Option<usize>) -> bool {
        let others = self
            .people
            .iter()
            .enumerate()
            .filter(|(at, _)| Some(*at) != person);
        others
            .into_iter()
            .any(|(_, other)| other.holds_any(derived))
    }
}

/// The proposal to go on in another place; browsers only.
pub(super) fn redirect_browser_to(url: &str) -> Value {
    json!({ "action": "redirect_browser_to", "redirect_browser_to": url })
}

/// The proposal to verify an address; the verification flow behind it does not exist.
pub(super) fn show_verification_ui(address: &str) -> Value {
    json!({
        "action": "show_verification_ui",
        "flow": { "id": ids::uuid(), "verifiable_address": address },
    })
}
