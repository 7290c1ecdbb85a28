//! The requests of a login.

use http::header::CONTENT_TYPE;
use http::request::Builder;
use http::{Method, Request, Response};

use super::answer::{self, Created, LoginFlow, Submitted};
use super::code_sent::{CodeSent, Factor};
use super::credentials::Credentials;
use super::outcome::{LoggedIn, LoginChoices, LoginOutcome};
use crate::http::auth::anonymous;
use crate::http::flow::FlowId;
use crate::http::{BaseUrl, Context, Error, Exchange, Phase, SessionToken, Step, trace};

/// A login: one request creates the flow, another submits it. With a code, a second attempt submits the
/// code that the person received.
pub(crate) struct LoginAttempt {
    server: BaseUrl,
    purpose: Purpose,
    /// Who logs in; if `None`, the identifier that Kratos fills in.
    identifier: Option<String>,
    credentials: Credentials,
    /// The flow, once it is created.
    flow: Option<FlowId>,
}

impl LoginAttempt {
    pub(crate) fn new(
        server: BaseUrl,
        purpose: Purpose,
        identifier: Option<String>,
        credentials: Credentials,
    ) -> Self {
        Self {
            server,
            purpose,
            identifier,
            credentials,
            flow: None,
        }
    }

    /// Continues a flow in which Kratos has sent a code.
    pub(crate) fn after_code(
        server: BaseUrl,
        session: SessionToken,
        sent: &CodeSent,
        credentials: Credentials,
    ) -> Self {
        Self {
            server,
            purpose: match sent.factor {
                Factor::Refresh => Purpose::Refresh(session),
                Factor::Second => Purpose::SecondFactor(session),
            },
            identifier: sent.address.clone(),
            credentials,
            flow: Some(sent.flow.clone()),
        }
    }

    fn created(mut self, id: FlowId, flow: &LoginFlow) -> Step<Self> {
        trace::flow(id.as_str());
        if self.purpose.is_lost_in(flow) {
            return Step::Done(LoginOutcome::SessionInactive);
        }
        // After v1.3.1 Kratos sends a code when the flow is created, if there is only one address.
        if flow.has_sent_code() && matches!(self.credentials, Credentials::SendCode) {
            return Step::Done(self.code_sent(id, flow));
        }
        let choices = flow.choices();
        self.identifier = self.identifier.or(choices.identifier).or_else(|| {
            let mut addresses = choices.addresses.into_iter();
            let only = addresses.next()?;
            addresses.next().is_none().then_some(only)
        });
        self.flow = Some(id);
        Step::Next(self)
    }

    fn code_sent(self, id: FlowId, flow: &LoginFlow) -> LoginOutcome {
        let address = flow.choices().identifier.or(self.identifier);
        LoginOutcome::CodeSent(CodeSent::new(id, address, &self.purpose))
    }

    fn logged_in(&self, login: LoggedIn) -> LoginOutcome {
        match self.purpose.session() {
            Some(session) if !session.is(&login.session) => LoginOutcome::AnotherSession(login),
            _ if login.identity_id.is_none() => LoginOutcome::SecondFactorRequired(login),
            _ => LoginOutcome::LoggedIn(login),
        }
    }
}

impl Exchange for LoginAttempt {
    type Output = LoginOutcome;

    fn phase(&self) -> Phase {
        match self.flow {
            None => Phase::CreateLogin,
            Some(_) => Phase::SubmitLogin,
        }
    }

    fn request(&self) -> Result<Request<Vec<u8>>, http::Error> {
        match &self.flow {
            None => self.purpose.create(&self.server),
            Some(flow) => {
                let path = format!("/self-service/login?flow={}", flow.as_str());
                let body = self.credentials.body(self.identifier.as_deref());
                self.purpose
                    .request(&self.server, Method::POST, &path)?
                    .header(CONTENT_TYPE, "application/json")
                    .body(body)
            }
        }
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let Some(id) = self.flow.clone() else {
            return Ok(match answer::created(response)? {
                Created::Flow(id, flow) => self.created(id, &flow),
                Created::End(outcome) => Step::Done(outcome),
            });
        };
        let requests_code = self.credentials.requests_code();
        let outcome = match answer::submitted(response, requests_code)? {
            Submitted::LoggedIn(login) => self.logged_in(login),
            Submitted::CodeSent(flow) => self.code_sent(id, &flow),
            Submitted::End(outcome) => outcome,
        };
        Ok(Step::Done(outcome))
    }

    fn outcome(output: &LoginOutcome) -> &'static str {
        output.name()
    }
}

/// Reads how a person can log in, by creating a login flow. The login itself creates another one.
pub(crate) struct LoginOffer {
    server: BaseUrl,
    purpose: Purpose,
}

impl LoginOffer {
    pub(crate) fn new(server: BaseUrl, purpose: Purpose) -> Self {
        Self { server, purpose }
    }
}

impl Exchange for LoginOffer {
    type Output = Result<LoginChoices, LoginOutcome>;

    fn phase(&self) -> Phase {
        Phase::CreateLogin
    }

    fn request(&self) -> Result<Request<Vec<u8>>, http::Error> {
        self.purpose.create(&self.server)
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        Ok(Step::Done(match answer::created(response)? {
            Created::End(outcome) => Err(outcome),
            Created::Flow(_, flow) if self.purpose.is_lost_in(&flow) => {
                Err(LoginOutcome::SessionInactive)
            }
            Created::Flow(id, flow) if flow.has_sent_code() => {
                let address = flow.choices().identifier;
                let sent = CodeSent::new(id, address, &self.purpose);
                Err(LoginOutcome::CodeSent(sent))
            }
            Created::Flow(_, flow) => Ok(flow.choices()),
        }))
    }

    fn outcome(output: &Self::Output) -> &'static str {
        match output {
            Ok(_) => "choices",
            Err(outcome) => outcome.name(),
        }
    }
}

/// The purpose of a login.
#[derive(Clone, Debug)]
pub(crate) enum Purpose {
    /// A new session.
    First,
    /// A fresh login within a session.
    Refresh(SessionToken),
    /// The second factor of a session.
    SecondFactor(SessionToken),
}

impl Purpose {
    /// The session to refresh.
    fn session(&self) -> Option<&SessionToken> {
        match self {
            Self::First => None,
            Self::Refresh(session) | Self::SecondFactor(session) => Some(session),
        }
    }

    /// Whether Kratos created a flow with another purpose: for an inactive session it creates a first
    /// login, with status 200 (K-login-2: `NewLoginFlow` in `selfservice/flow/login/handler.go`).
    fn is_lost_in(&self, flow: &LoginFlow) -> bool {
        matches!(self, Self::Refresh(_)) && flow.refresh == Some(false)
    }

    /// A request to an endpoint of the public API; `path` starts with a slash.
    ///
    /// The submit has the same token as the request that creates the flow: without it, Kratos creates
    /// another session.
    fn request(
        &self,
        server: &BaseUrl,
        method: Method,
        path: &str,
    ) -> Result<Builder, http::Error> {
        match self.session() {
            None => Ok(anonymous(server, method, path)),
            Some(session) => Context::native(server.clone(), session.clone()).request(method, path),
        }
    }

    /// The request that creates the flow.
    fn create(&self, server: &BaseUrl) -> Result<Request<Vec<u8>>, http::Error> {
        let query = match self {
            Self::First => "",
            Self::Refresh(_) => "?refresh=true",
            Self::SecondFactor(_) => "?aal=aal2",
        };
        let path = format!("/self-service/login/api{query}");
        self.request(server, Method::GET, &path)?.body(Vec::new())
    }
}
