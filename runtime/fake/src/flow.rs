//! Self-service flows: what the three kinds share, their JSON, and why a submit fails.

use std::time::Duration;

use http::StatusCode;
use kratos_traits::{MessageId, TraitPath};
use serde::Serialize;
use serde_json::Value;

use super::browser::Client;
use super::clock::Time;
use super::login_code::CodeLogin;
use super::person::IdentityJson;
use super::refusal::Refusal;
use super::reply::{self, Answer};
use super::request::Request;
use super::state::State;
use super::ui::{Group, Message, Ui};
use super::{ids, login, registration, settings};

/// Kratos's default lifespan of a flow.
const LIFESPAN: Duration = Duration::from_secs(3600);

/// What a flow is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Registration,
    Login(Login),
    Settings,
}

/// What a login is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Login {
    /// A new session.
    First,
    /// A fresh login within a session (`?refresh=true`).
    Refresh,
    /// The second factor of a session (`?aal=aal2`).
    SecondFactor,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Login(_) => "login",
            Self::Settings => "settings",
        }
    }
}

/// A flow.
pub(super) struct Flow {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) client: Client,
    /// The position of the person whose settings they are; `None` for other kinds.
    pub(super) owner: Option<usize>,
    pub(super) life: Life,
    pub(super) ui: Ui,
    pub(super) state: &'static str,
    /// The state of a login with a code.
    pub(super) code: CodeLogin,
    request_url: String,
    issued_at: Time,
}

/// Whether a flow can still be used. Only [`Flow::expire`] ends it, not the clock.
#[derive(Clone, Copy)]
pub(super) enum Life {
    Open(Time),
    Expired(Time),
}

impl Flow {
    /// A native flow that was requested at `url`, with an id of its own.
    pub(super) fn new(
        base: &str,
        kind: Kind,
        owner: Option<usize>,
        url: String,
        mut ui: Ui,
    ) -> Self {
        let now = Time::now();
        let id = ids::uuid();
        ui.action = format!("{base}/self-service/{}?flow={id}", kind.name());
        Self {
            id,
            kind,
            client: Client::Native,
            owner,
            life: Life::Open(now.after(LIFESPAN)),
            ui,
            state: match kind {
                Kind::Settings => "show_form",
                Kind::Registration | Kind::Login(_) => "choose_method",
            },
            code: CodeLogin::default(),
            request_url: url,
            issued_at: now,
        }
    }

    /// The same flow, for this client.
    pub(super) fn made_for(mut self, client: Client) -> Self {
        let token = client.csrf_token();
        self.ui.set("csrf_token", token.into(), Group::Default);
        self.client = client;
        self
    }

    pub(super) fn request_url(&self) -> &str {
        &self.request_url
    }

    pub(super) fn expire(&mut self) {
        if let Life::Open(_) = self.life {
            self.life = Life::Expired(Time::now());
        }
    }

    /// The flow in JSON; a settings flow has an identity.
    pub(super) fn json<'a>(
        &'a self,
        identity: Option<IdentityJson<'a>>,
        continue_with: &'a [Value],
    ) -> FlowJson<'a> {
        let (Life::Open(expires_at) | Life::Expired(expires_at)) = self.life;
        let login = match self.kind {
            Kind::Login(login) => Some(LoginJson {
                created_at: self.issued_at,
                updated_at: self.issued_at,
                refresh: login == Login::Refresh,
                requested_aal: match login {
                    Login::First | Login::Refresh => "aal1",
                    Login::SecondFactor => "aal2",
                },
            }),
            Kind::Registration | Kind::Settings => None,
        };
        FlowJson {
            id: &self.id,
            type_: self.client.kind(),
            expires_at,
            issued_at: self.issued_at,
            request_url: &self.request_url,
            ui: &self.ui,
            organization_id: (self.kind != Kind::Settings).then_some(()),
            login,
            identity,
            state: match self.kind {
                Kind::Login(_) => self.code.state(),
                Kind::Registration | Kind::Settings => self.state,
            },
            continue_with,
        }
    }
}

#[derive(Serialize)]
pub(super) struct FlowJson<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    type_: &'static str,
    expires_at: Time,
    issued_at: Time,
    request_url: &'a str,
    ui: &'a Ui,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_id: Option<()>,
    #[serde(flatten)]
    login: Option<LoginJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<IdentityJson<'a>>,
    state: &'static str,
    #[serde(skip_serializing_if = "<[Value]>::is_empty")]
    continue_with: &'a [Value],
}

#[derive(Serialize)]
struct LoginJson {
    created_at: Time,
    updated_at: Time,
    refresh: bool,
    requested_aal: &'static str,
}

/// Refuses a flow that has expired; as Kratos does, it creates another one that replaces it.
pub(super) fn refuse_expired(
    state: &mut State,
    request: &Request,
    flow: usize,
) -> Result<(), Refusal> {
    let old = &state.flows[flow];
    let Life::Expired(at) = old.life else {
        return Ok(());
    };
    let url = old.request_url().to_owned();
    let client = Client::of(old, state, request);
    let kind = old.kind;
    let (mut fresh, id) = match (kind, old.owner) {
        (Kind::Settings, Some(person)) => {
            (settings::fresh(state, url, person), MessageId::FLOW_EXPIRED)
        }
        (Kind::Login(login), _) => (
            login::fresh(state, url, login, None),
            MessageId::LOGIN_FLOW_EXPIRED,
        ),
        _ => (registration::fresh(state, url), MessageId(4_040_001)),
    };
    fresh
        .ui
        .add_message(Message::flow_expired(id, kind.name(), at));
    let fresh = fresh.made_for(client);
    let use_flow_id = fresh.id.clone();
    state.flows.push(fresh);
    Err(Refusal::expired(at, use_flow_id))
}

/// Why a submit does not succeed.
pub(super) enum Failure {
    /// Problems of the traits, which their nodes show.
    Traits(Vec<(TraitPath, Message)>),
    /// Problems of other inputs, by the name of their nodes.
    Inputs(Vec<(&'static str, Message)>),
    /// A message of the flow itself.
    General(Message),
    /// An error instead of the flow, whose form does not change.
    Refused(Refusal),
}

impl Failure {
    /// Message 4000001.
    pub(super) fn reason(reason: &str) -> Self {
        Self::General(Message::invalid(reason))
    }

    pub(super) fn input(name: &'static str, message: Message) -> Self {
        Self::Inputs(vec![(name, message)])
    }

    /// Answers with the flow at this position, which gets the form `ui`.
    pub(super) fn answer(self, state: &mut State, flow: usize, mut ui: Ui) -> Answer {
        match self {
            Self::Traits(problems) => ui.refuse(problems, state.schema),
            Self::Inputs(inputs) => {
                for (name, message) in inputs {
                    ui.add_message_at(name, message);
                }
            }
            Self::General(message) => ui.add_message(message),
            Self::Refused(refusal) => return Err(refusal),
        }
        state.flows[flow].ui = ui;
        Ok(reply::json(
            StatusCode::BAD_REQUEST,
            &state.flow_json(flow, &[]),
        ))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
