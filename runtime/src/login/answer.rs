//! Reads the answers to a login flow.

use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::outcome::{
    LoggedIn, LoginChoices, LoginElsewhere, LoginOutcome, LoginProblem, LoginProblems,
};
use crate::http::answer::{Answer, Envelope, Refusal};
use crate::http::continue_with::ContinueWith;
use crate::http::flow::FlowId;
use crate::http::{Error, Phase, SessionToken, messages};
use crate::problem::{Message, MessageId};
use crate::session::Method;

/// What creating a flow leads to.
pub(crate) enum Created {
    Flow(FlowId, LoginFlow),
    End(LoginOutcome),
}

/// What submitting a flow leads to.
pub(crate) enum Submitted {
    /// Somebody is logged in, with whatever session.
    In(LoggedIn),
    /// A code is on its way.
    CodeSent(LoginFlow),
    End(LoginOutcome),
}

/// Reads the answer to `GET /self-service/login/api`.
pub(crate) fn created(response: &Response<Vec<u8>>) -> Result<Created, Error> {
    let answer = Answer::new(Phase::CreateLogin, response);
    if answer.status != StatusCode::OK {
        return Ok(Created::End(refused(&answer)?));
    }
    let flow: LoginFlow = answer.read("it is no login flow")?;
    let id = FlowId::new(flow.id.clone()).ok_or(answer.error("the flow has no usable id"))?;
    Ok(Created::Flow(id, flow))
}

/// Reads the answer to `POST /self-service/login?flow=…`.
pub(crate) fn submitted(
    response: &Response<Vec<u8>>,
    asked_for_a_code: bool,
) -> Result<Submitted, Error> {
    let answer = Answer::new(Phase::SubmitLogin, response);
    if answer.status == StatusCode::OK {
        return Ok(Submitted::In(logged_in(&answer)?));
    }
    // Kratos answers with status 400 when it has sent a code.
    if asked_for_a_code
        && let Some(flow) = flow_refused(&answer)
        && flow.awaits_a_code()
        && flow.problems().messages().next().is_none()
    {
        return Ok(Submitted::CodeSent(flow));
    }
    Ok(Submitted::End(refused(&answer)?))
}

#[derive(Deserialize)]
struct Success {
    #[serde(default)]
    session_token: Option<String>,
    session: Session,
    #[serde(default)]
    continue_with: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Session {
    /// Kept back while a second factor is missing.
    #[serde(default)]
    identity: Option<Owner>,
}

#[derive(Deserialize)]
struct Owner {
    id: String,
}

fn logged_in(answer: &Answer<'_>) -> Result<LoggedIn, Error> {
    let success: Success = answer.read("it is no login")?;
    let token = success.session_token.map(SessionToken::new);
    let items = success.continue_with.into_iter().flatten();
    Ok(LoggedIn {
        session: token
            .and_then(Result::ok)
            .ok_or(answer.error("the login has no usable session token"))?,
        identity_id: success.session.identity.map(|owner| owner.id),
        continue_with: items.map(ContinueWith::read).collect(),
    })
}

/// The flow that comes back with status 400.
fn flow_refused(answer: &Answer<'_>) -> Option<LoginFlow> {
    let refused = answer.status == StatusCode::BAD_REQUEST;
    refused.then(|| answer.read("").ok()).flatten()
}

/// Reads whatever is not status 200: a flow that takes no login, or an error.
fn refused(answer: &Answer<'_>) -> Result<LoginOutcome, Error> {
    if let Some(flow) = flow_refused(answer) {
        return Ok(not_taken(flow.problems()));
    }
    let envelope: Envelope = answer.read("it is no error of Kratos")?;
    let id = envelope.error.id.as_deref();
    Ok(match (answer.status.as_u16(), id) {
        (_, Some("session_already_available" | "session_aal_already_fulfilled")) => {
            LoginOutcome::AlreadyLoggedIn
        }
        // Other kinds of 401 are not about the session: one is a person who is disabled.
        (401, Some("session_aal1_required" | "session_inactive")) => LoginOutcome::SessionGone,
        (410, _) => LoginOutcome::FlowGone,
        (422, _) => LoginOutcome::GoElsewhere(LoginElsewhere {
            redirect_browser_to: envelope.redirect_browser_to,
        }),
        (status, _) if status >= 400 => LoginOutcome::Refused(Refusal::read(answer, envelope)?),
        _ => return Err(answer.error("Kratos does not answer a login flow with this status")),
    })
}

/// What a flow that came back with status 400 means.
fn not_taken(problems: LoginProblems) -> LoginOutcome {
    if problems.messages().any(is_of_an_expired_flow) {
        LoginOutcome::FlowGone
    } else if problems.messages().any(|one| is_wrong(one.id)) {
        LoginOutcome::WrongCredentials(problems)
    } else {
        LoginOutcome::Rejected(problems)
    }
}

fn is_wrong(id: MessageId) -> bool {
    matches!(
        id,
        MessageId::WRONG_CREDENTIALS
            | MessageId::WRONG_TOTP_CODE
            | MessageId::NO_TOTP
            | MessageId::LOOKUP_SECRET_USED
            | MessageId::NO_LOOKUP_SECRETS
            | MessageId::WRONG_LOOKUP_SECRET
            | MessageId::NO_CODE_LOGIN
            | MessageId::NO_SUCH_ACCOUNT
            | MessageId::WRONG_LOGIN_CODE
            | MessageId::UNKNOWN_ADDRESS
    )
}

/// Kratos wants to put a new flow in the place of one that expired, forgets what it was for, and so
/// complains of the session (`selfservice/flow/login/error.go`, `PrepareReplacementForExpiredFlow`);
/// it has no id for that, only its words.
fn is_of_an_expired_flow(message: &Message) -> bool {
    message.id == MessageId::LOGIN_FLOW_EXPIRED
        || (message.id == MessageId::INVALID && message.text.contains("`?refresh=true`"))
}

#[derive(Deserialize)]
pub(crate) struct LoginFlow {
    pub(crate) id: String,
    /// `false` when Kratos makes a first login of what was asked for as a fresh one.
    #[serde(default)]
    pub(crate) refresh: Option<bool>,
    #[serde(default)]
    state: Value,
    ui: Ui,
}

#[derive(Deserialize)]
struct Ui {
    #[serde(default)]
    nodes: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    messages: Option<Vec<Box<RawValue>>>,
}

#[derive(Deserialize)]
struct Node {
    #[serde(default)]
    group: String,
    #[serde(default)]
    attributes: Attributes,
    #[serde(default)]
    messages: Option<Vec<Box<RawValue>>>,
}

#[derive(Default, Deserialize)]
struct Attributes {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    value: Value,
}

impl Node {
    fn name(&self) -> &str {
        self.attributes.name.as_deref().unwrap_or_default()
    }

    fn value(&self) -> Option<String> {
        let text = self.attributes.value.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl LoginFlow {
    /// Whether a code is on its way. A flow keeps saying so when a wrong code is refused.
    pub(crate) fn awaits_a_code(&self) -> bool {
        self.state.as_str() == Some("sent_email")
    }

    pub(crate) fn choices(&self) -> LoginChoices {
        let mut methods = Vec::new();
        for node in self.nodes() {
            // What all methods share: the CSRF token, the identifier.
            if matches!(&*node.group, "" | "default") {
                continue;
            }
            let method = Method::from(node.group);
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
        LoginChoices {
            methods,
            identifier: self.values_of("identifier").next(),
            addresses: self.values_of("address").collect(),
        }
    }

    /// What Kratos has against the form that came before.
    pub(crate) fn problems(&self) -> LoginProblems {
        let input = |node: Node| {
            let name = node.name().to_owned();
            let found: Vec<Message> = errors(node.messages.as_deref()).collect();
            found.into_iter().map(move |message| LoginProblem {
                input: name.clone(),
                message,
            })
        };
        LoginProblems {
            inputs: self.nodes().flat_map(input).collect(),
            general: errors(self.ui.messages.as_deref()).collect(),
            choices: self.choices(),
        }
    }

    fn values_of(&self, name: &'static str) -> impl Iterator<Item = String> + '_ {
        self.nodes()
            .filter(move |node| node.name() == name)
            .filter_map(|node| node.value())
    }

    fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        let nodes = self.ui.nodes.iter().flatten();
        nodes.filter_map(|raw| serde_json::from_str(raw.get()).ok())
    }
}

fn errors(raw: Option<&[Box<RawValue>]>) -> impl Iterator<Item = Message> + '_ {
    messages::values(raw)
        .filter(messages::is_error)
        .map(|one| messages::message(&one))
}
