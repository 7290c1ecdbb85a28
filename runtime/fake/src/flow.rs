//! Self-service flows: what the three kinds share, and their JSON.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::browser::Client;
use super::clock::Time;
use super::ids;
use super::login_code::CodeLogin;
use super::person::IdentityJson;
use super::ui::Ui;

/// How long Kratos keeps a flow open unless it is told otherwise.
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
    /// A session for somebody who has none.
    First,
    /// A fresh look at somebody who has one (`?refresh=true`).
    Refresh,
    /// The second factor of somebody who has one (`?aal=aal2`).
    SecondFactor,
}

/// A flow.
pub(super) struct Flow {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) client: Client,
    /// Whose settings they are: the position of the person. Other flows are nobody's yet.
    pub(super) owner: Option<usize>,
    pub(super) life: Life,
    pub(super) ui: Ui,
    pub(super) state: &'static str,
    /// How far a login is with a code.
    pub(super) code: CodeLogin,
    request_url: String,
    issued_at: Time,
}

/// Whether a flow can still be used. Time alone ends none.
#[derive(Clone, Copy)]
pub(super) enum Life {
    Open(Time),
    Expired(Time),
}

impl Flow {
    pub(super) fn new(kind: Kind, owner: Option<usize>, url: String, id: String, ui: Ui) -> Self {
        let now = Time::now();
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
        self.ui.set_csrf_token(client.csrf_token());
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

    /// The flow as Kratos shows it; a settings flow comes with its person.
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

/// An id for a flow, and where it is submitted to.
pub(super) fn fresh_id(base: &str, kind: Kind) -> (String, String) {
    let id = ids::uuid();
    let name = match kind {
        Kind::Registration => "registration",
        Kind::Login(_) => "login",
        Kind::Settings => "settings",
    };
    let action = format!("{base}/self-service/{name}?flow={id}");
    (id, action)
}
