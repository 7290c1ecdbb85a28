//! All that the server stores.

use http::{Method, Response};
use kratos_traits::Schema;
use serde_json::Value;

use super::flow::{Flow, FlowJson, Kind};
use super::identifiers::Derived;
use super::ids;
use super::paths::{self, Listed};
use super::person::Person;
use super::refusal::Refusal;
use super::reply;
use super::request::Request;
use super::session::Session;

/// The people, their sessions and flows, and the settings of the server.
pub(super) struct State {
    pub(super) schema: &'static Schema,
    pub(super) paths: Vec<Listed>,
    /// The public URL, without a slash at its end.
    pub(super) base: String,
    /// The admin URL, without a slash at its end.
    pub(super) admin_base: String,
    /// The name of the CSRF cookie.
    pub(super) csrf_cookie: String,
    pub(super) people: Vec<Person>,
    pub(super) sessions: Vec<Session>,
    pub(super) flows: Vec<Flow>,
    /// Whether a session needs a second factor.
    pub(super) second_factor_required: bool,
    /// Whether a new address is only saved once it is verified.
    pub(super) verify_new_addresses: bool,
    /// Whether people can log in with codes sent to their address.
    pub(super) logins_by_code: bool,
    /// The codes sent so far: the address, and the code.
    pub(super) codes_sent: Vec<(String, String)>,
    pub(super) requests: Vec<(Method, String)>,
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
            second_factor_required: false,
            verify_new_addresses: false,
            logins_by_code: false,
            codes_sent: Vec::new(),
            requests: Vec::new(),
        }
    }

    pub(super) fn use_schema(&mut self, schema: &'static Schema) {
        self.schema = schema;
        self.paths = paths::list(schema);
    }

    /// Adds a request to the list that [`Fake::requests`](super::Fake::requests) returns.
    pub(super) fn log(&mut self, request: &Request) {
        let path = request.path().to_owned();
        self.requests.push((request.method.clone(), path));
    }

    /// The position of the session of this request.
    pub(super) fn session(&self, request: &Request) -> Option<usize> {
        let token = request.session_token()?;
        self.sessions
            .iter()
            .position(|session| session.token == token)
    }

    /// Whether a second factor is required and the session lacks it.
    pub(super) fn lacks_second_factor(&self, session: usize) -> bool {
        self.second_factor_required && !self.sessions[session].has_second_factor()
    }

    /// The position of the flow whose id is in this query parameter; `None` if it is unknown.
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

    /// Stores a new flow, and answers with it.
    pub(super) fn open(&mut self, flow: Flow) -> Response<Vec<u8>> {
        self.flows.push(flow);
        reply::ok(&self.flow_json(self.flows.len() - 1, &[]))
    }

    /// A flow in JSON, with its owner if it has one.
    pub(super) fn flow_json<'a>(&'a self, flow: usize, continue_with: &'a [Value]) -> FlowJson<'a> {
        let flow = &self.flows[flow];
        let owner = flow
            .owner
            .map(|person| self.people[person].json(&self.base));
        flow.json(owner, continue_with)
    }

    /// Whether a person other than `person` has one of these identifiers or addresses.
    pub(super) fn is_taken(&self, derived: &Derived, person: Option<usize>) -> bool {
        let mut people = self.people.iter().enumerate();
        people.any(|(at, other)| Some(at) != person && other.holds_any(derived))
    }
}
