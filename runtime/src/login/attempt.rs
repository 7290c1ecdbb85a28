//! The requests of a login, one after the other.

use http::header::CONTENT_TYPE;
use http::request::Builder;
use http::{Method, Request, Response};

use super::answer;
use super::answer::{Created, LoginFlow, Submitted};
use super::code_sent::{CodeSent, Factor};
use super::credentials::{Credentials, Secret};
use super::outcome::{LoggedIn, LoginChoices, LoginOutcome};
use crate::http::auth::{Caller, Proof, anonymous};
use crate::http::flow::FlowId;
use crate::http::{Error, Exchange, Phase, PublicUrl, SessionToken, Step, trace};

/// An attempt to log in through a native login flow: one request that creates the flow, one that
/// submits it. With a code, a second attempt submits what the person received.
///
/// ```
/// use kratos_traits::exchange::Exchange;
/// use kratos_traits::flow::LoginAttempt;
///
/// let server = "http://127.0.0.1:4433".parse()?;
/// let attempt = LoginAttempt::with_password(server, "ada@example.org", "correct horse");
/// let request = attempt.request()?;
/// assert_eq!(request.uri(), "http://127.0.0.1:4433/self-service/login/api");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "nothing is sent before a driver sends it"]
pub struct LoginAttempt {
    server: PublicUrl,
    purpose: Purpose,
    /// Who logs in; without it, whoever the flow says.
    identifier: Option<String>,
    credentials: Credentials,
    /// The flow, once there is one.
    flow: Option<FlowId>,
}

impl std::fmt::Debug for LoginAttempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginAttempt")
            .field("phase", &self.phase())
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

impl LoginAttempt {
    /// A first login: it ends in a new session.
    pub fn with_password(
        server: PublicUrl,
        identifier: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        let credentials = Credentials::Password(password.into());
        Self::start(server, Purpose::First, Some(identifier.into()), credentials)
    }

    pub(crate) fn start(
        server: PublicUrl,
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

    /// Goes on with a flow that has sent a code.
    pub(crate) fn go_on(
        server: PublicUrl,
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

    fn build(&self) -> Result<Request<Vec<u8>>, http::Error> {
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

    fn created(mut self, id: FlowId, flow: &LoginFlow) -> Step<Self> {
        trace::flow(id.as_str());
        if self.purpose.is_forgotten_by(flow) {
            return Step::Done(LoginOutcome::SessionGone);
        }
        // After v1.3.1 Kratos sends it at once where there is one address to send it to.
        if flow.awaits_a_code() && matches!(self.credentials, Credentials::SendCode) {
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
        LoginOutcome::CodeSent(CodeSent::by(id, address, &self.purpose))
    }

    fn logged_in(&self, login: LoggedIn) -> LoginOutcome {
        match self.purpose.session() {
            Some(session) if !session.is(&login.session) => LoginOutcome::AnotherSession(login),
            _ if login.identity_id.is_none() => LoginOutcome::SecondFactorNeeded(login),
            _ => LoginOutcome::LoggedIn(login),
        }
    }

    fn step(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let Some(id) = self.flow.clone() else {
            return Ok(match answer::created(answer)? {
                Created::Flow(id, flow) => self.created(id, &flow),
                Created::End(outcome) => Step::Done(outcome),
            });
        };
        let asked_for_a_code = self.credentials.ask_for_a_code();
        let outcome = match answer::submitted(answer, asked_for_a_code)? {
            Submitted::In(login) => self.logged_in(login),
            Submitted::CodeSent(flow) => self.code_sent(id, &flow),
            Submitted::End(outcome) => outcome,
        };
        Ok(Step::Done(outcome))
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

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        self.build().map_err(Error::unbuilt(self.phase()))
    }

    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let step = self.step(answer)?;
        trace::ended(&step, LoginOutcome::name);
        Ok(step)
    }
}

/// Asks in which ways a person can log in, by creating a login flow. Logging in creates another.
#[derive(Debug)]
#[must_use = "nothing is sent before a driver sends it"]
pub struct LoginOffer {
    server: PublicUrl,
    purpose: Purpose,
}

impl LoginOffer {
    pub(crate) fn of(server: PublicUrl, purpose: Purpose) -> Self {
        Self { server, purpose }
    }
}

impl Exchange for LoginOffer {
    /// The choices; or what came instead, of which one is
    /// [`CodeSent`](LoginOutcome::CodeSent): where a code is the only second factor, and there is one
    /// address to send it to, Kratos after v1.3.1 sends it when it is asked for the choices.
    type Output = Result<LoginChoices, LoginOutcome>;

    fn phase(&self) -> Phase {
        Phase::CreateLogin
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        self.purpose
            .create(&self.server)
            .map_err(Error::unbuilt(self.phase()))
    }

    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let ended = match answer::created(answer)? {
            Created::End(outcome) => Err(outcome),
            Created::Flow(_, flow) if self.purpose.is_forgotten_by(&flow) => {
                Err(LoginOutcome::SessionGone)
            }
            Created::Flow(id, flow) if flow.awaits_a_code() => {
                let address = flow.choices().identifier;
                Err(LoginOutcome::CodeSent(CodeSent::by(
                    id,
                    address,
                    &self.purpose,
                )))
            }
            Created::Flow(_, flow) => Ok(flow.choices()),
        };
        trace::outcome(match &ended {
            Ok(_) => "choices",
            Err(outcome) => outcome.name(),
        });
        Ok(Step::Done(ended))
    }
}

/// What a login is for, and whose it is.
#[derive(Clone, Debug)]
pub(crate) enum Purpose {
    /// A session for somebody who has none.
    First,
    /// A fresh login within a session.
    Refresh(SessionToken),
    /// The second factor of a session.
    SecondFactor(SessionToken),
}

impl Purpose {
    /// What makes Kratos create a flow for it.
    pub(crate) fn query(&self) -> &'static str {
        match self {
            Self::First => "",
            Self::Refresh(_) => "?refresh=true",
            Self::SecondFactor(_) => "?aal=aal2",
        }
    }

    /// The session that shall come out of it; `None` when a new one shall.
    pub(crate) fn session(&self) -> Option<&SessionToken> {
        match self {
            Self::First => None,
            Self::Refresh(session) | Self::SecondFactor(session) => Some(session),
        }
    }

    /// Whether Kratos made a flow for something else: of a session that is gone it makes a first
    /// login, with status 200 (`selfservice/flow/login/handler.go`, `NewLoginFlow`).
    pub(crate) fn is_forgotten_by(&self, flow: &LoginFlow) -> bool {
        matches!(self, Self::Refresh(_)) && flow.refresh == Some(false)
    }

    /// A request to an endpoint of the public API; `path` starts with a slash.
    ///
    /// Create and submit carry the same token: without it, a submit opens another session.
    pub(crate) fn request(
        &self,
        server: &PublicUrl,
        method: Method,
        path: &str,
    ) -> Result<Builder, http::Error> {
        match self.session() {
            None => Ok(anonymous(server, method, path)),
            Some(session) => Caller {
                server: server.clone(),
                proof: Proof::Native(session.clone()),
            }
            .request(method, path),
        }
    }

    /// The request that creates the flow.
    pub(crate) fn create(&self, server: &PublicUrl) -> Result<Request<Vec<u8>>, http::Error> {
        let path = format!("/self-service/login/api{}", self.query());
        self.request(server, Method::GET, &path)?.body(Vec::new())
    }
}
