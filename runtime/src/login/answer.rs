//! Responses to a login flow.

use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::outcome::{LoggedIn, LoginChoices, LoginOutcome, LoginProblems};
use crate::http::answer::{Answer, Envelope};
use crate::http::flow::{FlowId, Ui};
use crate::http::{ContinueWith, Error, Phase, Refusal, SessionToken};
use crate::problem::{Message, MessageId};
use crate::session::Method;

/// The result of creating a flow.
pub(super) enum Created {
    Flow(FlowId, LoginFlow),
    End(LoginOutcome),
}

/// The result of submitting a flow.
pub(super) enum Submitted {
    /// A login, with any session.
    LoggedIn(LoggedIn),
    /// Kratos has sent a code.
    CodeSent(LoginFlow),
    End(LoginOutcome),
}

/// Reads the response to `GET /self-service/login/api`.
pub(super) fn created(response: &Response<Vec<u8>>) -> Result<Created, Error> {
    let answer = Answer::new(Phase::CreateLogin, response);
    if answer.status != StatusCode::OK {
        return Ok(Created::End(refused(&answer)?));
    }
    let flow: LoginFlow = answer.read("expected a login flow")?;
    let id = FlowId::new(flow.id.clone());
    let id = id.ok_or(answer.error("the id of the flow is not valid"))?;
    Ok(Created::Flow(id, flow))
}

/// Reads the response to `POST /self-service/login?flow=…`.
pub(super) fn submitted(
    response: &Response<Vec<u8>>,
    requests_code: bool,
) -> Result<Submitted, Error> {
    let answer = Answer::new(Phase::SubmitLogin, response);
    if answer.status == StatusCode::OK {
        return Ok(Submitted::LoggedIn(logged_in(&answer)?));
    }
    // Kratos answers with status 400 when it has sent a code.
    if requests_code
        && let Some(flow) = rejected_flow(&answer)
        && flow.has_sent_code()
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
    /// Absent while a second factor is missing.
    #[serde(default)]
    identity: Option<Owner>,
}

#[derive(Deserialize)]
struct Owner {
    id: String,
}

fn logged_in(answer: &Answer<'_>) -> Result<LoggedIn, Error> {
    let success: Success = answer.read("expected a login")?;
    let token = success.session_token.map(SessionToken::new);
    let items = success.continue_with.into_iter().flatten();
    Ok(LoggedIn {
        session: token
            .and_then(Result::ok)
            .ok_or(answer.error("the login has no valid session token"))?,
        identity_id: success.session.identity.map(|owner| owner.id),
        continue_with: items.map(ContinueWith::read).collect(),
    })
}

/// The flow that Kratos returns with status 400.
fn rejected_flow(answer: &Answer<'_>) -> Option<LoginFlow> {
    let is_rejected = answer.status == StatusCode::BAD_REQUEST;
    is_rejected.then(|| answer.read("").ok()).flatten()
}

/// Reads a response with any status but 200: a rejected flow, or an error.
fn refused(answer: &Answer<'_>) -> Result<LoginOutcome, Error> {
    if let Some(flow) = rejected_flow(answer) {
        return Ok(rejected(flow.problems()));
    }
    if let Some(refusal) = answer.busy() {
        return Ok(LoginOutcome::Busy(refusal));
    }
    let envelope: Envelope = answer.read("expected an error of Kratos")?;
    let id = envelope.error.id.as_deref();
    Ok(match (answer.status.as_u16(), id) {
        (_, Some("session_already_available" | "session_aal_already_fulfilled")) => {
            LoginOutcome::AlreadyLoggedIn
        }
        (_, Some("session_verified_address_required")) => LoginOutcome::AddressNotVerified {
            continue_with: envelope.error.continue_with(),
            messages: vec![Message {
                id: MessageId::ADDRESS_NOT_VERIFIED,
                text: envelope.error.text().unwrap_or_default().to_owned(),
                context: Map::new(),
            }],
        },
        // Other kinds of 401 are not about the session, such as an inactive identity.
        (401, Some("session_aal1_required" | "session_inactive")) => LoginOutcome::SessionInactive,
        (410, _) => LoginOutcome::FlowExpired,
        (422, _) => LoginOutcome::BrowserRedirectRequired {
            redirect_browser_to: envelope.redirect_browser_to,
        },
        (status, _) if status >= 400 => LoginOutcome::Refused(Refusal::read(answer, envelope)),
        _ => return Err(answer.error("unexpected status for a login flow")),
    })
}

fn rejected(problems: LoginProblems) -> LoginOutcome {
    if problems.messages().any(is_about_expired_flow) {
        LoginOutcome::FlowExpired
    } else if problems
        .messages()
        .any(|one| one.id == MessageId::ADDRESS_NOT_VERIFIED)
    {
        LoginOutcome::AddressNotVerified {
            continue_with: Vec::new(),
            messages: problems.messages().cloned().collect(),
        }
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

/// When Kratos replaces an expired flow, it loses the purpose of the flow, and so complains about the
/// session (K-login-8: `PrepareReplacementForExpiredFlow` in `selfservice/flow/login/error.go`), without an id.
fn is_about_expired_flow(message: &Message) -> bool {
    message.id == MessageId::LOGIN_FLOW_EXPIRED
        || (message.id == MessageId::INVALID && message.text.contains("`?refresh=true`"))
}

#[derive(Deserialize)]
pub(super) struct LoginFlow {
    id: String,
    /// `false` if Kratos created a first login instead of a login within the session.
    #[serde(default)]
    pub(super) refresh: Option<bool>,
    #[serde(default)]
    state: Value,
    ui: Ui,
}

impl LoginFlow {
    /// Whether Kratos has sent a code. This stays true when a wrong code is rejected.
    pub(super) fn has_sent_code(&self) -> bool {
        self.state.as_str() == Some("sent_email")
    }

    pub(super) fn choices(&self) -> LoginChoices {
        let mut methods = Vec::new();
        let (mut identifier, mut addresses) = (None, Vec::new());
        for node in self.ui.nodes() {
            match node.name() {
                "identifier" => identifier = identifier.or(node.value()),
                "address" => addresses.extend(node.value()),
                _ => {}
            }
            // The nodes of all methods, such as the CSRF token and the identifier.
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
            identifier,
            addresses,
        }
    }

    /// Why Kratos rejects the form.
    fn problems(&self) -> LoginProblems {
        let mut inputs = Vec::new();
        for node in self.ui.nodes() {
            let errors = node.errors().into_iter();
            inputs.extend(errors.map(|message| (node.name().to_owned(), message)));
        }
        LoginProblems {
            inputs,
            general: self.ui.errors(),
            choices: self.choices(),
        }
    }
}
